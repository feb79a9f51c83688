using System.Xml;

namespace ServiceOffices.Web.Feeds;

/// <summary>Text that XML 1.0 can hold.</summary>
internal static class XmlCharacters
{
    private const char Replacement = '\ufffd';

    /// <summary>The text with U+FFFD in place of every character that XML has no way to write, not even escaped (XML 1.0, 2.2).</summary>
    public static string ReplaceInvalid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (GetCharacterLength(text, i) is var length and > 0)
            {
                i += length - 1;
                continue;
            }

            return ReplaceFrom(text, i);
        }

        return text;
    }

    private static string ReplaceFrom(string text, int from)
    {
        var clean = text.ToCharArray();
        for (var i = from; i < clean.Length; i++)
        {
            if (GetCharacterLength(text, i) is var length and > 0)
            {
                i += length - 1;
                continue;
            }

            clean[i] = Replacement;
        }

        return new string(clean);
    }

    // UTF-16 units of the character there; 0 where there is none that XML allows.
    private static int GetCharacterLength(string text, int index) =>
        XmlConvert.IsXmlChar(text[index]) ? 1
        : index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]) ? 2
        : 0;
}
