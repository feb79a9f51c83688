using System.Globalization;
using Kind = ODataEngine.Model.PrimitiveKind;

namespace ServiceOffices.Testing.Oracle;

/// <summary>Arithmetic and comparison by the standard (OData 4.01 Part 2, 5.1.1.1, 5.1.1.2 and 5.1.1.18), evaluated naively.</summary>
internal static class OracleNumbers
{
    public static readonly IReadOnlyList<Kind> Kinds = [Kind.SByte, Kind.Byte, Kind.Int16, Kind.Int32, Kind.Int64, Kind.Single, Kind.Double, Kind.Decimal];

    /// <summary>Gets the kind to which both operands are promoted.</summary>
    public static Kind Promote(Kind one, Kind other)
    {
        foreach (var kind in (Kind[])[Kind.Double, Kind.Single, Kind.Decimal, Kind.Int64])
        {
            if (one == kind || other == kind)
            {
                return kind;
            }
        }

        // Smaller integers are promoted to Int32.
        return Kind.Int32;
    }

    /// <summary>Converts a number to the CLR type of another kind that is at least as wide.</summary>
    public static object? ConvertNumber(Kind kind, OracleTerm term, object? value)
    {
        var invariant = CultureInfo.InvariantCulture;
        return (kind, value) switch
        {
            (_, null) => null,
            (Kind.Double, decimal) when term.Literal is { } text => double.Parse(text, invariant),
            (Kind.Single, decimal) when term.Literal is { } text => float.Parse(text, invariant),
            (Kind.Double, decimal number) => (double)number,
            (Kind.Single, decimal number) => (float)number,
            (Kind.Double, float number) => (double)number,
            (Kind.Double, double) or (Kind.Single, float) or (Kind.Decimal, decimal) => value,
            (Kind.Double, _) => (double)Convert.ToInt64(value, invariant),
            (Kind.Single, _) => (float)Convert.ToInt64(value, invariant),
            (Kind.Decimal, _) => (decimal)Convert.ToInt64(value, invariant),
            (Kind.Int64, _) => Convert.ToInt64(value, invariant),
            _ => Convert.ToInt32(value, invariant),
        };
    }

    /// <summary>Calculates the result; null where an operand is null or the result overflows.</summary>
    public static object? Calculate(string operation, object? left, object? right)
    {
        try
        {
            checked
            {
                return (operation, left, right) switch
                {
                    (_, null, _) or (_, _, null) => null,
                    ("add", int a, int b) => a + b,
                    ("sub", int a, int b) => a - b,
                    ("mul", int a, int b) => a * b,
                    ("div", int a, int b) => a / b,
                    ("mod", int a, int b) => a % b,
                    ("add", long a, long b) => a + b,
                    ("sub", long a, long b) => a - b,
                    ("mul", long a, long b) => a * b,
                    ("div", long a, long b) => a / b,
                    ("mod", long a, long b) => a % b,
                    ("add", decimal a, decimal b) => a + b,
                    ("sub", decimal a, decimal b) => a - b,
                    ("mul", decimal a, decimal b) => a * b,
                    ("div" or "divby", decimal a, decimal b) => a / b,
                    ("mod", decimal a, decimal b) => a % b,
                    ("add", double a, double b) => a + b,
                    ("sub", double a, double b) => a - b,
                    ("mul", double a, double b) => a * b,
                    ("div" or "divby", double a, double b) => a / b,
                    ("mod", double a, double b) => a % b,
                    ("add", float a, float b) => a + b,
                    ("sub", float a, float b) => a - b,
                    ("mul", float a, float b) => a * b,
                    ("div", float a, float b) => a / b,
                    ("mod", float a, float b) => a % b,
                    ("add", TimeSpan a, TimeSpan b) => a + b,
                    ("sub", TimeSpan a, TimeSpan b) => a - b,
                    ("add", DateTimeOffset a, TimeSpan b) => a + b,
                    ("sub", DateTimeOffset a, TimeSpan b) => a - b,
                    ("sub", DateTimeOffset a, DateTimeOffset b) => a - b,
                    ("add", DateOnly a, TimeSpan b) => DateOnly.FromDateTime(a.ToDateTime(default) + b),
                    ("sub", DateOnly a, TimeSpan b) => DateOnly.FromDateTime(a.ToDateTime(default) - b),
                    ("sub", DateOnly a, DateOnly b) => a.ToDateTime(default) - b.ToDateTime(default),
                    _ => throw new NotSupportedException($"{left} {operation} {right}"),
                };
            }
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Compares two values of one CLR type by an operator.</summary>
    public static bool Compare(string comparison, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return comparison switch { "eq" => left is null && right is null, "ne" => (left is null) != (right is null), _ => false };
        }

        if (IsNaN(left) || IsNaN(right))
        {
            return comparison == "ne";
        }

        var order = Order(left, right);
        return comparison switch { "eq" => order == 0, "ne" => order != 0, "gt" => order > 0, "ge" => order >= 0, "lt" => order < 0, _ => order <= 0 };
    }

    /// <summary>Compares two values of one CLR type: null first, then NaN.</summary>
    public static int Order(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        (Guid a, Guid b) => string.CompareOrdinal(a.ToString(), b.ToString()),
        _ => ((IComparable)left).CompareTo(right),
    };

    private static bool IsNaN(object value) => value is double.NaN or float.NaN;
}
