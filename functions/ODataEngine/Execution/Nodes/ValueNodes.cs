using System.Numerics;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Nodes;

// The nodes that compute values. The result is null if an operand is null.

/// <summary>Evaluates a function of one value.</summary>
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

/// <summary>Evaluates a function of two values.</summary>
internal sealed class FunctionNode<TFirst, TSecond, TOut>(Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        if (first.TryGet(context, out var firstValue) && second.TryGet(context, out var secondValue))
        {
            value = function(firstValue, secondValue);
            return true;
        }

        value = default!;
        return false;
    }
}

/// <summary>Evaluates a function of three values.</summary>
internal sealed class FunctionNode<TFirst, TSecond, TThird, TOut>(
    Node<TFirst> first, Node<TSecond> second, Node<TThird> third, Func<TFirst, TSecond, TThird, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        if (first.TryGet(context, out var firstValue) && second.TryGet(context, out var secondValue) && third.TryGet(context, out var thirdValue))
        {
            value = function(firstValue, secondValue, thirdValue);
            return true;
        }

        value = default!;
        return false;
    }
}

/// <summary>Evaluates concat() of two strings, the only function that can create longer strings than its arguments.</summary>
internal sealed class ConcatStringsNode(Node<string> first, Node<string> second) : Node<string>
{
    public override bool TryGet(EvaluationContext context, out string value)
    {
        if (first.TryGet(context, out var start) && second.TryGet(context, out var end))
        {
            context.Budget.ConsumeString((long)start.Length + end.Length);
            value = start + end;
            return true;
        }

        value = null!;
        return false;
    }
}

/// <summary>Evaluates a conversion; the value is null if it fails (OData 4.01 Part 2, 5.1.1.10.1).</summary>
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
/// Evaluates add, sub, mul, div, divby and mod of one numeric type. An overflow is null: the standard does not define it, and one row must not
/// fail a whole query. Division of integers and decimals by zero fails as the standard requires; divby a divisor that can be zero is a division of doubles.
/// </summary>
internal sealed class ArithmeticNode<T>(BinaryOperator operation, Node<T> left, Node<T> right) : Node<T>
    where T : struct, INumber<T>
{
    public override bool TryGet(EvaluationContext context, out T value)
    {
        value = default;
        if (!left.TryGet(context, out var leftValue) || !right.TryGet(context, out var rightValue))
        {
            return false;
        }

        try
        {
            value = operation switch
            {
                BinaryOperator.Add => checked(leftValue + rightValue),
                BinaryOperator.Sub => checked(leftValue - rightValue),
                BinaryOperator.Mul => checked(leftValue * rightValue),
                BinaryOperator.Mod => T.IsZero(rightValue) ? throw new DivideByZeroException() : leftValue % rightValue,
                _ => checked(leftValue / rightValue),
            };
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
        catch (DivideByZeroException)
        {
            throw ArithmeticErrors.DivisionByZero();
        }
    }
}

/// <summary>Evaluates case(): the value of the first branch whose condition is true.</summary>
internal sealed class CaseNode<T>((Node<bool> Condition, Node<T> Value)[] branches) : Node<T>
{
    public override bool TryGet(EvaluationContext context, out T value)
    {
        foreach (var (condition, result) in branches)
        {
            if (condition.TryGet(context, out var isTrue) && isTrue)
            {
                return result.TryGet(context, out value);
            }
        }

        value = default!;
        return false;
    }
}

/// <summary>Evaluates a function of two values; the value is null if the result is out of range.</summary>
internal sealed class TryBinaryFunctionNode<TFirst, TSecond, TOut>(Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) : Node<TOut>
{
    public override bool TryGet(EvaluationContext context, out TOut value)
    {
        value = default!;
        if (!first.TryGet(context, out var firstValue) || !second.TryGet(context, out var secondValue))
        {
            return false;
        }

        try
        {
            value = function(firstValue, secondValue);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            // DateOnly and TimeSpan throw these if a result is out of range or not a number.
            return false;
        }
    }
}

/// <summary>Creates the errors of arithmetic.</summary>
internal static class ArithmeticErrors
{
    /// <summary>Creates the error of a division by zero, which fails the request (OData 4.01 Part 2, 5.1.1.2.5 and 5.1.1.2.6).</summary>
    public static ODataRequestException DivisionByZero() => new(400, ODataErrorCodes.DivisionByZero,
        "Division by zero: the right operand of div and mod must not be 0 in any row for which it is evaluated. Test it first, as in case(b eq 0:null,true:a div b).");
}
