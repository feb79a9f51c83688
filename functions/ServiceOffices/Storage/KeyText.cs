using System.Globalization;
using System.Text;

namespace ServiceOffices.Storage;

/// <summary>
/// Any text as a key of Azure Table storage and back. Keys there may not hold <c>/ \ # ?</c> or control characters, and
/// <c>%</c> is trouble in addresses: each becomes <c>~</c> and the four hex digits of its UTF-16 code unit. An office's
/// slug holds none of them and stays as it is.
/// </summary>
internal static class KeyText
{
    private const char Mark = '~';
    private const int EscapeLength = 5;

    public static string Escape(string text)
    {
        if (!text.Any(NeedsEscape))
        {
            return text;
        }

        StringBuilder key = new();
        foreach (var character in text)
        {
            _ = NeedsEscape(character)
                ? key.Append(Mark).Append(((int)character).ToString("x4", CultureInfo.InvariantCulture))
                : key.Append(character);
        }

        return key.ToString();
    }

    /// <summary>The text of a key; null where no text has that key.</summary>
    public static string? Unescape(string key)
    {
        if (!key.Contains(Mark))
        {
            return key;
        }

        StringBuilder text = new();
        for (var at = 0; at < key.Length; at++)
        {
            if (key[at] != Mark)
            {
                text.Append(key[at]);
            }
            else if (at + EscapeLength <= key.Length
                && ushort.TryParse(key.AsSpan(at + 1, EscapeLength - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                at += EscapeLength - 1;
            }
            else
            {
                return null;
            }
        }

        var found = text.ToString();
        return string.Equals(Escape(found), key, StringComparison.Ordinal) ? found : null;
    }

    // Surrogates too: half a pair alone cannot be sent, and one rule for both halves keeps this simple.
    private static bool NeedsEscape(char character) =>
        character is '/' or '\\' or '#' or '?' or '%' or Mark || char.IsControl(character) || char.IsSurrogate(character);
}
