using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Xml;

namespace ODataEngine.Formats;

/// <summary>Writes XML by hand where an XmlWriter would take most of the time: pieces of markup as they are, texts escaped.</summary>
internal static class XmlEscaper
{
    /// <summary>A text as content or as an attribute's value in double quotes (XML 1.0, 2.4 and 3.3.3); what XML cannot hold becomes U+FFFD.</summary>
    public static void WriteEscaped(PipeWriter pipe, ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            var plain = value.IndexOfAnyExceptInRange(' ', '~') is >= 0 and var oddIndex ? value[..oddIndex] : value;
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

    public static bool IsXmlChar(Rune rune) => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
}
