using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Xml;

namespace ODataEngine.Formats;

/// <summary>Handles characters that XML 1.0 excludes or reserves, for writers that need more speed than XmlWriter offers and for strings that XmlWriter rejects.</summary>
public static class XmlEscaper
{
    /// <summary>Writes a string as content or as an attribute value in double quotes (XML 1.0, 2.4 and 3.3.3). Characters that XML excludes become U+FFFD.</summary>
    internal static void WriteEscaped(PipeWriter pipe, ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            var plain = value.IndexOfAnyExceptInRange(' ', '~') is >= 0 and var specialIndex ? value[..specialIndex] : value;
            var special = plain.IndexOfAny("<>&\"");
            plain = special < 0 ? plain : plain[..special];
            if (!plain.IsEmpty)
            {
                pipe.Advance(Encoding.ASCII.GetBytes(plain, pipe.GetSpan(plain.Length)));
                value = value[plain.Length..];
                continue;
            }

            Rune.DecodeFromUtf16(value, out var rune, out var length);
            value = value[length..];
            switch (rune.Value)
            {
                case '<': pipe.Write("&lt;"u8); break;
                case '>': pipe.Write("&gt;"u8); break;
                case '&': pipe.Write("&amp;"u8); break;
                case '"': pipe.Write("&quot;"u8); break;
                case '\r': pipe.Write("&#13;"u8); break;
                case '\n': pipe.Write("&#10;"u8); break;
                case '\t': pipe.Write("&#9;"u8); break;
                default: pipe.Advance((IsXmlChar(rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(pipe.GetSpan(4))); break;
            }
        }
    }

    /// <summary>Replaces every character that XML cannot contain, not even escaped (XML 1.0, 2.2), by U+FFFD.</summary>
    public static string ReplaceInvalid(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD.
            if (!IsXmlChar(rune) || rune == Rune.ReplacementChar)
            {
                return string.Concat(value.EnumerateRunes().Select(other => (IsXmlChar(other) ? other : Rune.ReplacementChar).ToString()));
            }
        }

        return value;
    }

    private static bool IsXmlChar(Rune rune) => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
}
