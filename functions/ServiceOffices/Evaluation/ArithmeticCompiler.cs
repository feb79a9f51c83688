using System.Numerics;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Arithmetic (OData 4.01 Part 2, 5.1.1.2) and conversion (5.1.1.11.1).</summary>
internal sealed partial class Compiler
{
    private Node Arithmetic(Binary binary)
    {
        if (IsNull(binary.Left) || IsNull(binary.Right))
        {
            return binary.ResultType is null ? new Null<string>() : ByKind.Do(binary.ResultType, new Constants(null));
        }

        Fallible += binary.Operator is BinaryOperator.Div or BinaryOperator.Mod ? 1 : 0;
        return (KindOf(binary.Left), binary.Operator, KindOf(binary.Right)) switch
        {
            (PrimitiveKind.Int32, _, _) when binary.Left.IsNumeric && binary.Right.IsNumeric => Numeric<int>(binary),
            (PrimitiveKind.Int64, _, PrimitiveKind.Int64) => Numeric<long>(binary),
            (PrimitiveKind.Decimal, _, PrimitiveKind.Decimal) => Numeric<decimal>(binary),
            (PrimitiveKind.Double, _, PrimitiveKind.Double) => Numeric<double>(binary),
            (PrimitiveKind.Single, _, PrimitiveKind.Single) => Numeric<float>(binary),
            (PrimitiveKind.Byte, _, PrimitiveKind.Byte) => Numeric<byte>(binary),
            (PrimitiveKind.SByte, _, PrimitiveKind.SByte) => Numeric<sbyte>(binary),
            (PrimitiveKind.Int16, _, PrimitiveKind.Int16) => Numeric<short>(binary),

            (PrimitiveKind.DateTimeOffset, BinaryOperator.Add, PrimitiveKind.Duration) =>
                TryApply<DateTimeOffset, TimeSpan, DateTimeOffset>(binary, static (at, by) => at + by),
            (PrimitiveKind.DateTimeOffset, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                TryApply<DateTimeOffset, TimeSpan, DateTimeOffset>(binary, static (at, by) => at - by),
            (PrimitiveKind.DateTimeOffset, BinaryOperator.Sub, PrimitiveKind.DateTimeOffset) =>
                TryApply<DateTimeOffset, DateTimeOffset, TimeSpan>(binary, static (to, from) => to - from),
            (PrimitiveKind.Date, BinaryOperator.Add, PrimitiveKind.Duration) =>
                TryApply<DateOnly, TimeSpan, DateOnly>(binary, static (on, by) => on.AddDays(WholeDays(by.Ticks))),
            (PrimitiveKind.Date, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                TryApply<DateOnly, TimeSpan, DateOnly>(binary, static (on, by) => on.AddDays(WholeDays(checked(-by.Ticks)))),
            (PrimitiveKind.Date, BinaryOperator.Sub, PrimitiveKind.Date) =>
                TryApply<DateOnly, DateOnly, TimeSpan>(binary, static (to, from) => TimeSpan.FromDays(to.DayNumber - from.DayNumber)),
            (PrimitiveKind.Duration, BinaryOperator.Add, PrimitiveKind.Duration) =>
                TryApply<TimeSpan, TimeSpan, TimeSpan>(binary, static (one, two) => one + two),
            (PrimitiveKind.Duration, BinaryOperator.Sub, PrimitiveKind.Duration) =>
                TryApply<TimeSpan, TimeSpan, TimeSpan>(binary, static (one, two) => one - two),
            (PrimitiveKind.Duration, BinaryOperator.Mul, _) => TryApply(Value<TimeSpan>(binary.Left), AsDouble(binary.Right), static (one, by) => one * by),
            (_, BinaryOperator.Mul, PrimitiveKind.Duration) => TryApply(AsDouble(binary.Left), Value<TimeSpan>(binary.Right), static (by, one) => one * by),
            (PrimitiveKind.Duration, BinaryOperator.Div, _) =>
                TryApply(Value<TimeSpan>(binary.Left), AsDouble(binary.Right), static (one, by) => by == 0 ? throw ArithmeticError.DivisionByZero() : one / by),
            (PrimitiveKind.Duration, BinaryOperator.DivBy, _) => TryApply(Value<TimeSpan>(binary.Left), AsDouble(binary.Right), static (one, by) => one / by),
            _ => throw Unsupported(binary),
        };
    }

    private Node Negate(Unary unary) => KindOf(unary.Operand) switch
    {
        PrimitiveKind.Int32 => Minus<int>(unary.Operand),
        PrimitiveKind.Int64 => Minus<long>(unary.Operand),
        PrimitiveKind.Decimal => Minus<decimal>(unary.Operand),
        PrimitiveKind.Double => Minus<double>(unary.Operand),
        PrimitiveKind.Single => Minus<float>(unary.Operand),
        PrimitiveKind.Duration => new TryApply<TimeSpan, TimeSpan>(Value<TimeSpan>(unary.Operand), static (TimeSpan value, out TimeSpan negative) =>
        {
            negative = value == TimeSpan.MinValue ? default : -value;
            return value != TimeSpan.MinValue;
        }),
        _ => throw Unsupported(unary),
    };

    private Node Convert(Expression operand, DataType target)
    {
        if (IsNull(operand))
        {
            return ByKind.Do(target, new Constants(null));
        }

        if (operand.Type == target)
        {
            return Compile(operand);
        }

        return target switch
        {
            PrimitiveType { Kind: PrimitiveKind.String } => AsText(operand),
            PrimitiveType { IsNumeric: true } primitive when operand.IsNumeric => FromNumber(operand, primitive.Kind),
            PrimitiveType { IsNumeric: true } primitive when operand.Type is EnumType => ToNumber<int>(operand, primitive.Kind),
            EnumType type when operand.IsNumeric => ToMember((Node<int>)Convert(operand, PrimitiveType.Int32), type),
            PrimitiveType or EnumType when operand.Is(PrimitiveKind.String) => ByKind.Do(target, new Parses(this, operand, target)),
            PrimitiveType { Kind: PrimitiveKind.DateTimeOffset } when operand.Is(PrimitiveKind.Date) =>
                new Apply<DateOnly, DateTimeOffset>(Value<DateOnly>(operand), static on => new DateTimeOffset(on, default, TimeSpan.Zero)),
            PrimitiveType { Kind: PrimitiveKind.Date } when operand.Is(PrimitiveKind.DateTimeOffset) =>
                new Apply<DateTimeOffset, DateOnly>(Value<DateTimeOffset>(operand), static at => DateOnly.FromDateTime(at.DateTime)),
            PrimitiveType { Kind: PrimitiveKind.TimeOfDay } when operand.Is(PrimitiveKind.DateTimeOffset) =>
                new Apply<DateTimeOffset, TimeOnly>(Value<DateTimeOffset>(operand), static at => TimeOnly.FromTimeSpan(at.TimeOfDay)),
            _ => ByKind.Do(target, new Constants(null)),
        };
    }

    // Today minus a positive duration smaller than one day is yesterday (5.1.1.2.1).
    private static int WholeDays(long ticks) => (int)((ticks / TimeSpan.TicksPerDay) - (ticks % TimeSpan.TicksPerDay < 0 ? 1 : 0));

    private static TryApply<int, int> ToMember(Node<int> number, EnumType type) => new(number, (int input, out int member) =>
    {
        member = input;
        return type.Members.Any(candidate => candidate.Value == input);
    });

    private static PrimitiveKind KindOf(Expression expression) =>
        expression.Type is PrimitiveType primitive ? primitive.Kind : throw Unsupported(expression);

    private ArithmeticNode<T> Numeric<T>(Binary binary)
        where T : struct, INumber<T> =>
        new(binary.Operator, Value<T>(binary.Left), Value<T>(binary.Right));

    private TryApply<T, T> Minus<T>(Expression operand)
        where T : struct, INumber<T> =>
        new(Value<T>(operand), static (T value, out T negative) =>
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

    private TryApplyPair<TFirst, TSecond, TOut> TryApply<TFirst, TSecond, TOut>(Binary binary, Func<TFirst, TSecond, TOut> function) =>
        TryApply(Value<TFirst>(binary.Left), Value<TSecond>(binary.Right), function);

    private static TryApplyPair<TFirst, TSecond, TOut> TryApply<TFirst, TSecond, TOut>(
        Node<TFirst> first, Node<TSecond> second, Func<TFirst, TSecond, TOut> function) => new(first, second, function);

    private Node<double> AsDouble(Expression operand) => (Node<double>)Convert(operand, PrimitiveType.Double);

    private Node FromNumber(Expression operand, PrimitiveKind target) => KindOf(operand) switch
    {
        PrimitiveKind.Byte => ToNumber<byte>(operand, target),
        PrimitiveKind.SByte => ToNumber<sbyte>(operand, target),
        PrimitiveKind.Int16 => ToNumber<short>(operand, target),
        PrimitiveKind.Int32 => ToNumber<int>(operand, target),
        PrimitiveKind.Int64 => ToNumber<long>(operand, target),
        PrimitiveKind.Single => ToNumber<float>(operand, target),
        PrimitiveKind.Double => ToNumber<double>(operand, target),
        _ => ToNumber<decimal>(operand, target),
    };

    private Node ToNumber<TFrom>(Expression operand, PrimitiveKind target)
        where TFrom : struct, INumber<TFrom>
    {
        var node = Value<TFrom>(operand);
        return target switch
        {
            PrimitiveKind.Byte => Number<TFrom, byte>(node),
            PrimitiveKind.SByte => Number<TFrom, sbyte>(node),
            PrimitiveKind.Int16 => Number<TFrom, short>(node),
            PrimitiveKind.Int32 => Number<TFrom, int>(node),
            PrimitiveKind.Int64 => Number<TFrom, long>(node),
            PrimitiveKind.Single => Number<TFrom, float>(node),
            PrimitiveKind.Double => Number<TFrom, double>(node),
            _ => Number<TFrom, decimal>(node),
        };
    }

    private static Node<TTo> Number<TFrom, TTo>(Node<TFrom> node)
        where TFrom : struct, INumber<TFrom>
        where TTo : struct, INumber<TTo>
    {
        // A literal is converted once.
        if (node is Constant<TFrom> constant)
        {
            return TryConvert(constant.Value, out TTo value) ? new Constant<TTo>(value) : new Null<TTo>();
        }

        return new TryApply<TFrom, TTo>(node, TryConvert);

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

    private Node<string> AsText(Expression operand) => ByKind.Do(operand.Type!, new Texts(this, operand));

    private readonly record struct Texts(Compiler Compiler, Expression Operand) : ByKind.IWork<Node<string>>
    {
        public Node<string> Do<T>()
        {
            var type = Operand.Type!;
            return new Apply<T, string>(Compiler.Value<T>(Operand), value => LiteralText.Of(value!, type));
        }
    }

    private readonly record struct Parses(Compiler Compiler, Expression Operand, DataType Target) : ByKind.IWork<Node>
    {
        public Node Do<T>()
        {
            var target = Target;
            return new TryApply<string, T>(Compiler.Value<string>(Operand), (string text, out T value) =>
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
