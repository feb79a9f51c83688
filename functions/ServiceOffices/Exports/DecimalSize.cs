namespace ServiceOffices.Exports;

/// <summary>The digits that decimal numbers need in a type that states them beforehand.</summary>
internal static class DecimalSize
{
    /// <summary>What readers take at most.</summary>
    public const int MaxDigits = 38;

    /// <summary>The most digits before the point, at least 1, and the most after it.</summary>
    public static (int Digits, int Scale) Of(IEnumerable<decimal> values)
    {
        var (digits, scale) = (1, 0);
        foreach (var value in values)
        {
            scale = Math.Max(scale, value.Scale);
            var whole = decimal.Truncate(Math.Abs(value));
            var length = 1;
            while (whole >= 10)
            {
                whole = decimal.Truncate(whole / 10);
                length++;
            }

            digits = Math.Max(digits, length);
        }

        return (digits, scale);
    }
}
