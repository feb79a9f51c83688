namespace ServiceOffices.Exports;

/// <summary>The digits that decimal numbers need in a type that states them beforehand.</summary>
internal static class DecimalPrecision
{
    /// <summary>What readers take at most.</summary>
    public const int MaxDigits = 38;

    /// <summary>The most digits before the point, at least 1, and the most after it.</summary>
    public static (int Digits, int Scale) Measure(IEnumerable<decimal> values)
    {
        var (digits, scale) = (1, 0);
        foreach (var value in values)
        {
            scale = Math.Max(scale, value.Scale);
            var integerPart = decimal.Truncate(Math.Abs(value));
            var length = 1;
            while (integerPart >= 10)
            {
                integerPart = decimal.Truncate(integerPart / 10);
                length++;
            }

            digits = Math.Max(digits, length);
        }

        return (digits, scale);
    }
}
