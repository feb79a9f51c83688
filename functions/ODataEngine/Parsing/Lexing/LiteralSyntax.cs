namespace ODataEngine.Parsing.Lexing;

/// <summary>Tests strings against rules of the OData ABNF 4.01, 7, that the parsers of .NET are more lenient than.</summary>
internal static class LiteralSyntax
{
    /// <summary>int32Value and the other integers: an optional sign and up to a number of digits.</summary>
    public static bool IsInteger(ReadOnlySpan<char> text, int maxDigits)
    {
        text = SkipSign(text);
        return text.Length >= 1 && text.Length <= maxDigits && CountDigits(text) == text.Length;
    }

    /// <summary>decimalValue: digits on both sides of the point, and an optional exponent.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> text)
    {
        text = SkipSign(text);
        if (!TrySkipDigits(ref text) || (text is ['.', ..] && !TrySkipDigitsAfter(ref text)))
        {
            return false;
        }

        if (text is ['e' or 'E', ..])
        {
            text = SkipSign(text[1..]);
            return TrySkipDigits(ref text) && text.IsEmpty;
        }

        return text.IsEmpty;
    }

    /// <summary>guidValue: hexadecimal digits in groups of 8, 4, 4, 4 and 12.</summary>
    public static bool IsGuid(ReadOnlySpan<char> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Removes a sign (SIGN).</summary>
    public static ReadOnlySpan<char> SkipSign(ReadOnlySpan<char> text) => text is ['+' or '-', ..] ? text[1..] : text;

    private static bool TrySkipDigitsAfter(ref ReadOnlySpan<char> text)
    {
        text = text[1..];
        return TrySkipDigits(ref text);
    }

    private static bool TrySkipDigits(ref ReadOnlySpan<char> text)
    {
        var count = CountDigits(text);
        text = text[count..];
        return count > 0;
    }

    private static int CountDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
