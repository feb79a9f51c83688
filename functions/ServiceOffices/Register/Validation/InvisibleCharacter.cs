using System.Globalization;
using System.Text;

namespace ServiceOffices.Register.Validation;

/// <summary>
/// A character of a string that nobody sees: a control character, a format character such as a zero-width space, or an override of the text
/// direction (Unicode, 23). Copied texts contain them; they make equal names differ, and overrides show a text in another order.
/// </summary>
internal static class InvisibleCharacter
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [0x00AD] = "soft hyphen",
        [0x034F] = "combining grapheme joiner",
        [0x061C] = "Arabic letter mark",
        [0x115F] = "Hangul filler",
        [0x1160] = "Hangul filler",
        [0x180E] = "Mongolian vowel separator",
        [0x200B] = "zero width space",
        [ZeroWidthNonJoiner] = "zero width non-joiner",
        [ZeroWidthJoiner] = "zero width joiner",
        [0x200E] = "left-to-right mark",
        [0x200F] = "right-to-left mark",
        [0x2028] = "line separator",
        [0x2029] = "paragraph separator",
        [0x202A] = "left-to-right embedding",
        [0x202B] = "right-to-left embedding",
        [0x202C] = "pop directional formatting",
        [0x202D] = "left-to-right override",
        [0x202E] = "right-to-left override",
        [0x2060] = "word joiner",
        [0x2066] = "left-to-right isolate",
        [0x2067] = "right-to-left isolate",
        [0x2068] = "first strong isolate",
        [0x2069] = "pop directional isolate",
        [0x3164] = "Hangul filler",
        [0xFEFF] = "byte order mark",
        [0xFFA0] = "Hangul filler",
    };

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    // Scripts below it are Latin, Greek, Cyrillic, Armenian and Hebrew, whose letters are never joined.
    private const int FirstJoinedScript = 0x0600;

    /// <summary>Describes the first invisible character and its position; null if there is none.</summary>
    /// <param name="allowLineBreaks">True to allow line breaks and tabs.</param>
    public static string? Find(string value, bool allowLineBreaks)
    {
        var previous = 0;
        var position = 0;
        for (var i = 0; i < value.Length;)
        {
            position++;
            if (Rune.DecodeFromUtf16(value.AsSpan(i), out var rune, out var length) != System.Buffers.OperationStatus.Done)
            {
                // It cannot be encoded as UTF-8.
                return Describe(value[i], "lone surrogate", position);
            }

            i += length;
            if (IsInvisible(rune) && !(allowLineBreaks && rune.Value is '\n' or '\r' or '\t') && !IsJoiner(rune.Value, previous, value.AsSpan(i)))
            {
                return Describe(rune.Value, Names.GetValueOrDefault(rune.Value, Rune.IsControl(rune) ? "control character" : "format character"), position);
            }

            previous = rune.Value;
        }

        return null;
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || Names.ContainsKey(rune.Value);

    /// <summary>Returns true for a joiner in an emoji, or between letters of a script that joins them.</summary>
    private static bool IsJoiner(int value, int previous, ReadOnlySpan<char> rest) =>
        value is ZeroWidthJoiner or ZeroWidthNonJoiner && IsJoined(previous)
        && Rune.DecodeFromUtf16(rest, out var next, out _) == System.Buffers.OperationStatus.Done && IsJoined(next.Value);

    private static bool IsJoined(int value) => value >= FirstJoinedScript && !IsInvisible(new Rune(value)) && !Rune.IsWhiteSpace(new Rune(value));

    private static string Describe(int value, string name, int position) =>
        string.Create(CultureInfo.InvariantCulture, $"character {position} is U+{value:X4} ({name})");
}
