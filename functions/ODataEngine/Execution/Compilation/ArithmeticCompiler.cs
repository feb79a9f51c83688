using System.Numerics;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Compiles arithmetic (OData 4.01 Part 2, 5.1.1.2) and conversion (5.1.1.10.1).</summary>
internal sealed class ArithmeticCompiler(ExpressionCompiler compiler)
{
    public Node Compile(BinaryExpression binary)
    {
        if (ExpressionCompiler.IsNull(binary.Left) || ExpressionCompiler.IsNull(binary.Right))
        {
            return binary.ResultType is null ? new NullNode<string>() : TypeDispatcher.Dispatch(binary.ResultType, new ExpressionCompiler.ConstantOperation(null));
        }

        if (binary.Operator is BinaryOperator.Div or BinaryOperator.Mod)
        {
            compiler.CountFallibleNode();
        }

        return (ExpressionCompiler.GetKind(binary.Left), binary.Operator, ExpressionCompiler.GetKind(binary.Right)) switch
        {
            (PrimitiveKind.Int32, BinaryOperator.Add, PrimitiveKind.Int32) => CreateWideningFunction(binary, static (left, right) => (long)left + right),
            (PrimitiveKind.Int32, BinaryOperator.Sub, PrimitiveKind.Int32) => CreateWideningFunction(binary, static (left, right) => (long)left - right),
            (PrimitiveKind.Int32, BinaryOperator.Mul, PrimitiveKind.Int32) => CreateWideningFunction(binary, static (left, right) => (long)left * right),
            (PrimitiveKind.Int32, _, _) when binary.Left.IsNumeric && binary.Right.IsNumeric => CreateArithmetic<int>(binary),
            (PrimitiveKind.Int64, _, PrimitiveKind.Int64) => CreateArithmetic<long>(binary),
            (PrimitiveKind.Decimal, _, PrimitiveKind.Decimal) => CreateArithmetic<decimal>(binary),
            (PrimitiveKind.Double, _, PrimitiveKind.Double) => CreateArithmetic<double>(binary),
            (PrimitiveKind.Single, _, PrimitiveKind.Single) => CreateArithmetic<float>(binary),
            (PrimitiveKind.Byte, _, PrimitiveKind.Byte) => CreateArithmetic<byte>(binary),
            (PrimitiveKind.SByte, _, PrimitiveKind.SByte) => CreateArithmetic<sbyte>(binary),
            (PrimitiveKind.Int16, _, PrimitiveKind.Int16) => CreateArithmetic<short>(binary),

            (PrimitiveKind.DateTimeOffset, BinaryOperator.Add, PrimitiveKind.Duration) =>
                CreateTryFunction<DateTimeOffset, TimeSpan, DateTimeOffset>(binary, static (time, duration) => time + duration),
            (PrimitiveKind.DateTimeOffset, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                CreateTryFunction<DateTimeOffset, TimeSpan, DateTimeOffset>(binary, static (time, duration) => time - duration),
            (PrimitiveKind.DateTimeOffset, BinaryOperator.Sub, PrimitiveKind.DateTimeOffset) =>
                CreateTryFunction<DateTimeOffset, DateTimeOffset, TimeSpan>(binary, static (to, from) => to - from),
            (PrimitiveKind.Date, BinaryOperator.Add, PrimitiveKind.Duration) =>
                CreateTryFunction<DateOnly, TimeSpan, DateOnly>(binary, static (date, duration) => date.AddDays(FloorToDays(duration.Ticks))),
            (PrimitiveKind.Date, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                CreateTryFunction<DateOnly, TimeSpan, DateOnly>(binary, static (date, duration) => date.AddDays(FloorToDays(checked(-duration.Ticks)))),
            (PrimitiveKind.Date, BinaryOperator.Sub, PrimitiveKind.Date) =>
                CreateTryFunction<DateOnly, DateOnly, TimeSpan>(binary, static (to, from) => TimeSpan.FromDays(to.DayNumber - from.DayNumber)),
            (PrimitiveKind.Duration, BinaryOperator.Add, PrimitiveKind.Duration) =>
                CreateTryFunction<TimeSpan, TimeSpan, TimeSpan>(binary, static (left, right) => left + right),
            (PrimitiveKind.Duration, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                CreateTryFunction<TimeSpan, TimeSpan, TimeSpan>(binary, static (left, right) => left - right),
            (PrimitiveKind.Duration, BinaryOperator.Mul, _) => CreateTryFunction(compiler.CompileValue<TimeSpan>(binary.Left), CompileAsDouble(binary.Right), static (duration, factor) => duration * factor),
            (_, BinaryOperator.Mul, PrimitiveKind.Duration) => CreateTryFunction(CompileAsDouble(binary.Left), compiler.CompileValue<TimeSpan>(binary.Right), static (factor, duration) => duration * factor),
            (PrimitiveKind.Duration, BinaryOperator.Div, _) =>
                CreateTryFunction(compiler.CompileValue<TimeSpan>(binary.Left), CompileAsDouble(binary.Right), static (duration, divisor) => divisor == 0 ? throw ArithmeticErrors.DivisionByZero() : duration / divisor),
            (PrimitiveKind.Duration, BinaryOperator.DivBy, _) => CreateTryFunction(compiler.CompileValue<TimeSpan>(binary.Left), CompileAsDouble(binary.Right), static (duration, divisor) => duration / divisor),
            _ => throw ExpressionCompiler.Unsupported(binary),
        };
    }

    public Node CompileNegation(UnaryExpression unary) => ExpressionCompiler.GetKind(unary.Operand) switch
    {
        PrimitiveKind.Int32 => CreateNegation<int>(unary.Operand),
        PrimitiveKind.Int64 => CreateNegation<long>(unary.Operand),
        PrimitiveKind.Decimal => CreateNegation<decimal>(unary.Operand),
        PrimitiveKind.Double => CreateNegation<double>(unary.Operand),
        PrimitiveKind.Single => CreateNegation<float>(unary.Operand),
        PrimitiveKind.Duration => new TryFunctionNode<TimeSpan, TimeSpan>(compiler.CompileValue<TimeSpan>(unary.Operand), static (TimeSpan value, out TimeSpan negative) =>
        {
            negative = value == TimeSpan.MinValue ? default : -value;
            return value != TimeSpan.MinValue;
        }),
        _ => throw ExpressionCompiler.Unsupported(unary),
    };

    /// <summary>Compiles a conversion; a value that cannot be converted is null.</summary>
    public Node CompileConversion(Expression operand, DataType target)
    {
        if (ExpressionCompiler.IsNull(operand))
        {
            return TypeDispatcher.Dispatch(target, new ExpressionCompiler.ConstantOperation(null));
        }

        if (operand.Type == target)
        {
            return compiler.Compile(operand);
        }

        return target switch
        {
            PrimitiveType { Kind: PrimitiveKind.String } => CompileToString(operand),
            PrimitiveType { IsNumeric: true } primitive when operand.IsNumeric => CompileNumericConversion(operand, primitive.Kind),
            PrimitiveType { IsNumeric: true } primitive when operand.Type is EnumType => CompileNumericConversionFrom<int>(operand, primitive.Kind),
            EnumType type when operand.IsNumeric => CreateEnumConversion((Node<int>)CompileConversion(operand, PrimitiveType.Int32), type),
            PrimitiveType or EnumType when operand.Is(PrimitiveKind.String) => TypeDispatcher.Dispatch(target, new ParseOperation(compiler, operand, target)),
            PrimitiveType { Kind: PrimitiveKind.DateTimeOffset } when operand.Is(PrimitiveKind.Date) =>
                new FunctionNode<DateOnly, DateTimeOffset>(compiler.CompileValue<DateOnly>(operand), static date => new DateTimeOffset(date, default, TimeSpan.Zero)),
            PrimitiveType { Kind: PrimitiveKind.Date } when operand.Is(PrimitiveKind.DateTimeOffset) =>
                new FunctionNode<DateTimeOffset, DateOnly>(compiler.CompileValue<DateTimeOffset>(operand), static time => DateOnly.FromDateTime(time.DateTime)),
            PrimitiveType { Kind: PrimitiveKind.TimeOfDay } when operand.Is(PrimitiveKind.DateTimeOffset) =>
                new FunctionNode<DateTimeOffset, TimeOnly>(compiler.CompileValue<DateTimeOffset>(operand), static time => TimeOnly.FromTimeSpan(time.TimeOfDay)),
            _ => TypeDispatcher.Dispatch(target, new ExpressionCompiler.ConstantOperation(null)),
        };
    }

    // Today minus a positive duration smaller than one day is yesterday (5.1.1.2.1).
    private static int FloorToDays(long ticks) => (int)((ticks / TimeSpan.TicksPerDay) - (ticks % TimeSpan.TicksPerDay < 0 ? 1 : 0));

    private static TryFunctionNode<int, int> CreateEnumConversion(Node<int> number, EnumType type) => new(number, (int input, out int member) =>
    {
        member = input;
        return type.Members.Any(candidate => candidate.Value == input);
    });

    // No result of two numbers of 32 bits exceeds 64 bits.
    private FunctionNode<int, int, long> CreateWideningFunction(BinaryExpression binary, Func<int, int, long> function) =>
        new(compiler.CompileValue<int>(binary.Left), compiler.CompileValue<int>(binary.Right), function);

    private ArithmeticNode<T> CreateArithmetic<T>(BinaryExpression binary)
        where T : struct, INumber<T> =>
        new(binary.Operator, compiler.CompileValue<T>(binary.Left), compiler.CompileValue<T>(binary.Right));

    private TryFunctionNode<T, T> CreateNegation<T>(Expression operand)
        where T : struct, INumber<T> =>
        new(compiler.CompileValue<T>(operand), static (T value, out T negative) =>
        {
            try
            {
                negative = checked(-value);
                return true;
            }
            catch (OverflowException)
            {
                // The smallest number of a signed type has no counterpart.
                negative = default;
                return false;
            }
        });

    private TryBinaryFunctionNode<TFirst, TSecond, TOut> CreateTryFunction<TFirst, TSecond, TOut>(BinaryExpression binary, Func<TFirst, TSecond, TOut> function) =>
        CreateTryFunction(compiler.CompileValue<TFirst>(binary.Left), compiler.CompileValue<TSecond>(binary.Right), function);

    private static TryBinaryFunctionNode<TFirst, TSecond, TOut> CreateTryFunction<TFirst, TSecond, TOut>(
        Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) => new(first, second, function);

    private Node<double> CompileAsDouble(Expression operand) => (Node<double>)CompileConversion(operand, PrimitiveType.Double);

    private Node CompileNumericConversion(Expression operand, PrimitiveKind target) => ExpressionCompiler.GetKind(operand) switch
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
        var node = compiler.CompileValue<TFrom>(operand);
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

    private Node<string> CompileToString(Expression operand) => TypeDispatcher.Dispatch(operand.Type!, new ToStringOperation(compiler, operand));

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
