using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ODataEngine.Parsing.Lexing;

/// <summary>Decodes percent-encoded parts of a query (RFC 3986, 2.1); a plus sign is a space, as in HTML forms.</summary>
internal static class PercentEncoding
{
    /// <exception cref="ODataRequestException">A percent sign without two hexadecimal digits, or bytes that are not UTF-8.</exception>
    public static string Decode(string text, int start, int end)
    {
        var span = text.AsSpan(start, end - start);
        if (!span.ContainsAny('%', '+'))
        {
            return end - start == text.Length ? text : span.ToString();
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(span.Length));
        try
        {
            var count = 0;
            while (!span.IsEmpty)
            {
                var plain = span.IndexOfAny('%', '+');
                plain = plain < 0 ? span.Length : plain;
                count += Encoding.UTF8.GetBytes(span[..plain], bytes.AsSpan(count));
                span = span[plain..];
                if (span.IsEmpty)
                {
                    break;
                }

                if (span[0] == '+')
                {
                    bytes[count++] = (byte)' ';
                    span = span[1..];
                    continue;
                }

                if (span.Length < 3 || !char.IsAsciiHexDigit(span[1]) || !char.IsAsciiHexDigit(span[2]))
                {
                    throw InvalidEncoding($"'{span[..Math.Min(3, span.Length)]}' is not a percent-encoded byte; write a percent sign as %25.");
                }

                bytes[count++] = (byte)((GetHexValue(span[1]) << 4) | GetHexValue(span[2]));
                span = span[3..];
            }

            return Utf8.IsValid(bytes.AsSpan(0, count))
                ? Encoding.UTF8.GetString(bytes, 0, count)
                : throw InvalidEncoding("The percent-encoded bytes are not UTF-8.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Tests whether a query with a plus sign encodes other blanks differently, so that the plus sign may be meant literally.</summary>
    public static bool HasUnintendedBlank(ReadOnlySpan<char> query) =>
        query.Contains('+') && (query.Contains(' ') || query.Contains("%20", StringComparison.Ordinal) || query.Contains("++", StringComparison.Ordinal));

    private static int GetHexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static ODataRequestException InvalidEncoding(string problem) => new(400, ODataErrorCodes.InvalidEncoding, $"The query of the URL is not encoded correctly. {problem}");
}
