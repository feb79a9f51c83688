using System.Numerics;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Arithmetic (OData 4.01 Part 2, 5.1.1.2) and conversion (5.1.1.11.1).</summary>
internal sealed partial class ExpressionCompiler
{
    private Node CompileArithmetic(BinaryExpression binary)
    {
        if (IsNull(binary.Left) || IsNull(binary.Right))
        {
            return binary.ResultType is null ? new NullNode<string>() : TypeDispatcher.Dispatch(binary.ResultType, new ConstantOperation(null));
        }

        FallibleNodeCount += binary.Operator is BinaryOperator.Div or BinaryOperator.Mod ? 1 : 0;
        return (GetKind(binary.Left), binary.Operator, GetKind(binary.Right)) switch
        {
            (PrimitiveKind.Int32, _, _) when binary.Left.IsNumeric && binary.Right.IsNumeric => CreateArithmetic<int>(binary),
            (PrimitiveKind.Int64, _, PrimitiveKind.Int64) => CreateArithmetic<long>(binary),
            (PrimitiveKind.Decimal, _, PrimitiveKind.Decimal) => CreateArithmetic<decimal>(binary),
            (PrimitiveKind.Double, _, PrimitiveKind.Double) => CreateArithmetic<double>(binary),
            (PrimitiveKind.Single, _, PrimitiveKind.Single) => CreateArithmetic<float>(binary),
            (PrimitiveKind.Byte, _, PrimitiveKind.Byte) => CreateArithmetic<byte>(binary),
            (PrimitiveKind.SByte, _, PrimitiveKind.SByte) => CreateArithmetic<sbyte>(binary),
            (PrimitiveKind.Int16, _, PrimitiveKind.Int16) => CreateArithmetic<short>(binary),

            (PrimitiveKind.DateTimeOffset, BinaryOperator.Add, PrimitiveKind.Duration) =>
                CreateTryFunction<DateTimeOffset, TimeSpan, DateTimeOffset>(binary, static (at, by) => at + by),
            (PrimitiveKind.DateTimeOffset, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                CreateTryFunction<DateTimeOffset, TimeSpan, DateTimeOffset>(binary, static (at, by) => at - by),
            (PrimitiveKind.DateTimeOffset, BinaryOperator.Sub, PrimitiveKind.DateTimeOffset) =>
                CreateTryFunction<DateTimeOffset, DateTimeOffset, TimeSpan>(binary, static (to, from) => to - from),
            (PrimitiveKind.Date, BinaryOperator.Add, PrimitiveKind.Duration) =>
                CreateTryFunction<DateOnly, TimeSpan, DateOnly>(binary, static (on, by) => on.AddDays(FloorToDays(by.Ticks))),
            (PrimitiveKind.Date, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                CreateTryFunction<DateOnly, TimeSpan, DateOnly>(binary, static (on, by) => on.AddDays(FloorToDays(checked(-by.Ticks)))),
            (PrimitiveKind.Date, BinaryOperator.Sub, PrimitiveKind.Date) =>
                CreateTryFunction<DateOnly, DateOnly, TimeSpan>(binary, static (to, from) => TimeSpan.FromDays(to.DayNumber - from.DayNumber)),
            (PrimitiveKind.Duration, BinaryOperator.Add, PrimitiveKind.Duration) =>
                CreateTryFunction<TimeSpan, TimeSpan, TimeSpan>(binary, static (one, two) => one + two),
            (PrimitiveKind.Duration, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                CreateTryFunction<TimeSpan, TimeSpan, TimeSpan>(binary, static (one, two) => one - two),
            (PrimitiveKind.Duration, BinaryOperator.Mul, _) => CreateTryFunction(CompileValue<TimeSpan>(binary.Left), CompileAsDouble(binary.Right), static (one, by) => one * by),
            (_, BinaryOperator.Mul, PrimitiveKind.Duration) => CreateTryFunction(CompileAsDouble(binary.Left), CompileValue<TimeSpan>(binary.Right), static (by, one) => one * by),
            (PrimitiveKind.Duration, BinaryOperator.Div, _) =>
                CreateTryFunction(CompileValue<TimeSpan>(binary.Left), CompileAsDouble(binary.Right), static (one, by) => by == 0 ? throw ArithmeticErrors.DivisionByZero() : one / by),
            (PrimitiveKind.Duration, BinaryOperator.DivBy, _) => CreateTryFunction(CompileValue<TimeSpan>(binary.Left), CompileAsDouble(binary.Right), static (one, by) => one / by),
            _ => throw Unsupported(binary),
        };
    }

    private Node CompileNegation(UnaryExpression unary) => GetKind(unary.Operand) switch
    {
        PrimitiveKind.Int32 => CreateNegation<int>(unary.Operand),
        PrimitiveKind.Int64 => CreateNegation<long>(unary.Operand),
        PrimitiveKind.Decimal => CreateNegation<decimal>(unary.Operand),
        PrimitiveKind.Double => CreateNegation<double>(unary.Operand),
        PrimitiveKind.Single => CreateNegation<float>(unary.Operand),
        PrimitiveKind.Duration => new TryFunctionNode<TimeSpan, TimeSpan>(CompileValue<TimeSpan>(unary.Operand), static (TimeSpan value, out TimeSpan negative) =>
        {
            negative = value == TimeSpan.MinValue ? default : -value;
            return value != TimeSpan.MinValue;
        }),
        _ => throw Unsupported(unary),
    };

    private Node CompileConversion(Expression operand, DataType target)
    {
        if (IsNull(operand))
        {
            return TypeDispatcher.Dispatch(target, new ConstantOperation(null));
        }

        if (operand.Type == target)
        {
            return Compile(operand);
        }

        return target switch
        {
            PrimitiveType { Kind: PrimitiveKind.String } => CompileToString(operand),
            PrimitiveType { IsNumeric: true } primitive when operand.IsNumeric => CompileNumericConversion(operand, primitive.Kind),
            PrimitiveType { IsNumeric: true } primitive when operand.Type is EnumType => CompileNumericConversionFrom<int>(operand, primitive.Kind),
            EnumType type when operand.IsNumeric => CreateEnumConversion((Node<int>)CompileConversion(operand, PrimitiveType.Int32), type),
            PrimitiveType or EnumType when operand.Is(PrimitiveKind.String) => TypeDispatcher.Dispatch(target, new ParseOperation(this, operand, target)),
            PrimitiveType { Kind: PrimitiveKind.DateTimeOffset } when operand.Is(PrimitiveKind.Date) =>
                new FunctionNode<DateOnly, DateTimeOffset>(CompileValue<DateOnly>(operand), static on => new DateTimeOffset(on, default, TimeSpan.Zero)),
            PrimitiveType { Kind: PrimitiveKind.Date } when operand.Is(PrimitiveKind.DateTimeOffset) =>
                new FunctionNode<DateTimeOffset, DateOnly>(CompileValue<DateTimeOffset>(operand), static at => DateOnly.FromDateTime(at.DateTime)),
            PrimitiveType { Kind: PrimitiveKind.TimeOfDay } when operand.Is(PrimitiveKind.DateTimeOffset) =>
                new FunctionNode<DateTimeOffset, TimeOnly>(CompileValue<DateTimeOffset>(operand), static at => TimeOnly.FromTimeSpan(at.TimeOfDay)),
            _ => TypeDispatcher.Dispatch(target, new ConstantOperation(null)),
        };
    }

    // Today minus a positive duration smaller than one day is yesterday (5.1.1.2.1).
    private static int FloorToDays(long ticks) => (int)((ticks / TimeSpan.TicksPerDay) - (ticks % TimeSpan.TicksPerDay < 0 ? 1 : 0));

    private static TryFunctionNode<int, int> CreateEnumConversion(Node<int> number, EnumType type) => new(number, (int input, out int member) =>
    {
        member = input;
        return type.Members.Any(candidate => candidate.Value == input);
    });

    private static PrimitiveKind GetKind(Expression expression) =>
        expression.Type is PrimitiveType primitive ? primitive.Kind : throw Unsupported(expression);

    private ArithmeticNode<T> CreateArithmetic<T>(BinaryExpression binary)
        where T : struct, INumber<T> =>
        new(binary.Operator, CompileValue<T>(binary.Left), CompileValue<T>(binary.Right));

    private TryFunctionNode<T, T> CreateNegation<T>(Expression operand)
        where T : struct, INumber<T> =>
        new(CompileValue<T>(operand), static (T value, out T negative) =>
        {
            try
            {
                negative = checked(-value);
                return true;
            }
            catch (OverflowException)
            {
                // The least number of a type has no opposite in it.
                negative = default;
                return false;
            }
        });

    private TryBinaryFunctionNode<TFirst, TSecond, TOut> CreateTryFunction<TFirst, TSecond, TOut>(BinaryExpression binary, Func<TFirst, TSecond, TOut> function) =>
        CreateTryFunction(CompileValue<TFirst>(binary.Left), CompileValue<TSecond>(binary.Right), function);

    private static TryBinaryFunctionNode<TFirst, TSecond, TOut> CreateTryFunction<TFirst, TSecond, TOut>(
        Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) => new(first, second, function);

    private Node<double> CompileAsDouble(Expression operand) => (Node<double>)CompileConversion(operand, PrimitiveType.Double);

    private Node CompileNumericConversion(Expression operand, PrimitiveKind target) => GetKind(operand) switch
    {
        PrimitiveKind.Byte => CompileNumericConversionFrom<byte>(operand, target),
        PrimitiveKind.SByte => CompileNumericConversionFrom<sbyte>(operand, target),
        PrimitiveKind.Int16 => CompileNumericConversionFrom<short>(operand, target),
        PrimitiveKind.Int32 => CompileNumericConversionFrom<int>(operand, target),
        PrimitiveKind.Int64 => CompileNumericConversionFrom<long>(operand, target),
        PrimitiveKind.Single => CompileNumericConversionFrom<float>(operand, target),
        PrimitiveKind.Double => CompileNumericConversionFrom<double>(operand, target),
        _ => CompileNumericConversionFrom<decimal>(operand, target),
    };

    private Node CompileNumericConversionFrom<TFrom>(Expression operand, PrimitiveKind target)
        where TFrom : struct, INumber<TFrom>
    {
        var node = CompileValue<TFrom>(operand);
        return target switch
        {
            PrimitiveKind.Byte => CreateNumericConversion<TFrom, byte>(node),
            PrimitiveKind.SByte => CreateNumericConversion<TFrom, sbyte>(node),
            PrimitiveKind.Int16 => CreateNumericConversion<TFrom, short>(node),
            PrimitiveKind.Int32 => CreateNumericConversion<TFrom, int>(node),
            PrimitiveKind.Int64 => CreateNumericConversion<TFrom, long>(node),
            PrimitiveKind.Single => CreateNumericConversion<TFrom, float>(node),
            PrimitiveKind.Double => CreateNumericConversion<TFrom, double>(node),
            _ => CreateNumericConversion<TFrom, decimal>(node),
        };
    }

    private static Node<TTo> CreateNumericConversion<TFrom, TTo>(Node<TFrom> node)
        where TFrom : struct, INumber<TFrom>
        where TTo : struct, INumber<TTo>
    {
        // A literal is converted once.
        if (node is ConstantNode<TFrom> constant)
        {
            return TryConvert(constant.Value, out TTo value) ? new ConstantNode<TTo>(value) : new NullNode<TTo>();
        }

        return new TryFunctionNode<TFrom, TTo>(node, TryConvert);

        static bool TryConvert(TFrom input, out TTo output)
        {
            try
            {
                output = TTo.CreateChecked(input);
                return true;
            }
            catch (OverflowException)
            {
                output = default;
                return false;
            }
        }
    }

    private Node<string> CompileToString(Expression operand) => TypeDispatcher.Dispatch(operand.Type!, new ToStringOperation(this, operand));

    private readonly record struct ToStringOperation(ExpressionCompiler Compiler, Expression Operand) : TypeDispatcher.ITypedOperation<Node<string>>
    {
        public Node<string> Invoke<T>()
        {
            var type = Operand.Type!;
            return new FunctionNode<T, string>(Compiler.CompileValue<T>(Operand), value => LiteralFormatter.Format(value!, type));
        }
    }

    private readonly record struct ParseOperation(ExpressionCompiler Compiler, Expression Operand, DataType Target) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>()
        {
            var target = Target;
            return new TryFunctionNode<string, T>(Compiler.CompileValue<string>(Operand), (string text, out T value) =>
            {
                if (LiteralReader.TryRead(text, target, out var parsed))
                {
                    value = (T)parsed;
                    return true;
                }

                value = default!;
                return false;
            });
        }
    }
}
