using System.Numerics;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Nodes;

// The nodes that compute values, read together: they share this file. Each gives null where an operand is null.

internal sealed class FunctionNode<TIn, TOut>(Node<TIn> operand, Func<TIn, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        if (operand.TryGet(context, out var input))
        {
            value = function(input);
            return true;
        }

        value = default!;
        return false;
    }
}

internal sealed class FunctionNode<TFirst, TSecond, TOut>(Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        if (first.TryGet(context, out var one) && second.TryGet(context, out var two))
        {
            value = function(one, two);
            return true;
        }

        value = default!;
        return false;
    }
}

internal sealed class FunctionNode<TFirst, TSecond, TThird, TOut>(
    Node<TFirst> first, Node<TSecond> second, Node<TThird> third, Func<TFirst, TSecond, TThird, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        if (first.TryGet(context, out var one) && second.TryGet(context, out var two) && third.TryGet(context, out var three))
        {
            value = function(one, two, three);
            return true;
        }

        value = default!;
        return false;
    }
}

/// <summary>A conversion that may fail: then the value is null (OData 4.01 Part 2, 5.1.1.11.1).</summary>
internal sealed class TryFunctionNode<TIn, TOut>(Node<TIn> operand, TryFunctionNode<TIn, TOut>.TryFunction convert) : Node<TOut>
{
    public delegate bool TryFunction(TIn input, out TOut output);

    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        value = default!;
        return operand.TryGet(context, out var input) && convert(input, out value);
    }
}

/// <summary>
/// add, sub, mul, div, divby and mod of one numeric type. An overflow is null: the standard leaves it open, and one row
/// must not fail a whole query. So is divby zero, whose INF no decimal can hold; div and mod by zero fail as they must.
/// </summary>
internal sealed class ArithmeticNode<T>(BinaryOperator operation, Node<T> left, Node<T> right) : Node<T>
    where T : struct, INumber<T>
{
    public override bool TryGet(EvaluationContext context, out T value)
    {
        value = default;
        if (!left.TryGet(context, out var one) || !right.TryGet(context, out var two))
        {
            return false;
        }

        try
        {
            value = operation switch
            {
                BinaryOperator.Add => checked(one + two),
                BinaryOperator.Sub => checked(one - two),
                BinaryOperator.Mul => checked(one * two),
                BinaryOperator.Mod => T.IsZero(two) ? throw new DivideByZeroException() : one % two,
                _ => checked(one / two),
            };
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
        catch (DivideByZeroException)
        {
            return operation == BinaryOperator.DivBy ? false : throw ArithmeticErrors.DivisionByZero();
        }
    }
}

/// <summary>case(): the value of the first branch whose condition is true.</summary>
internal sealed class CaseNode<T>((Node<bool> Condition, Node<T> Value)[] branches) : Node<T>
{
    public override bool TryGet(EvaluationContext context, out T value)
    {
        foreach (var (condition, result) in branches)
        {
            if (condition.TryGet(context, out var holds) && holds)
            {
                return result.TryGet(context, out value);
            }
        }

        value = default!;
        return false;
    }
}

/// <summary>A function of two values that may leave its type's range: then the value is null.</summary>
internal sealed class TryBinaryFunctionNode<TFirst, TSecond, TOut>(Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        value = default!;
        if (!first.TryGet(context, out var one) || !second.TryGet(context, out var two))
        {
            return false;
        }

        try
        {
            value = function(one, two);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            // DateOnly and TimeSpan say so when a result is out of range or not a number.
            return false;
        }
    }
}

/// <summary>What arithmetic cannot answer.</summary>
internal static class ArithmeticErrors
{
    /// <summary>A request that divides by zero fails (OData 4.01 Part 2, 5.1.1.2.5 and 5.1.1.2.6).</summary>
    public static ODataRequestException DivisionByZero() => new(400, ODataErrorCodes.DivisionByZero,
        "A division by zero: the right operand of div and mod must not be 0 in any row that it is evaluated for. Test it first, as in case(b eq 0:null,true:a div b).");
}
