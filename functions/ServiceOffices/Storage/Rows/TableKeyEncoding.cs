using System.Globalization;
using System.Text;

namespace ServiceOffices.Storage.Rows;

/// <summary>
/// Encodes a string as a key of Azure Table storage and decodes it. A key must not contain <c>/ \ # ?</c> or control characters,
/// and <c>%</c> causes errors in URLs: each becomes <c>~</c> and the four hex digits of its UTF-16 code unit. An office's slug
/// has none of them and is not changed.
/// </summary>
internal static class TableKeyEncoding
{
    private const char EscapeCharacter = '~';
    private const int EscapeLength = 5;

    public static string Encode(string value)
    {
        if (!value.Any(MustEscape))
        {
            return value;
        }

        StringBuilder key = new();
        foreach (var character in value)
        {
            _ = MustEscape(character)
                ? key.Append(EscapeCharacter).Append(((int)character).ToString("x4", CultureInfo.InvariantCulture))
                : key.Append(character);
        }

        return key.ToString();
    }

    /// <summary>Decodes a key; null if no string has that key.</summary>
    public static string? Decode(string key)
    {
        if (!key.Contains(EscapeCharacter))
        {
            return key;
        }

        StringBuilder value = new();
        for (var index = 0; index < key.Length; index++)
        {
            if (key[index] != EscapeCharacter)
            {
                value.Append(key[index]);
            }
            else if (index + EscapeLength <= key.Length
                && ushort.TryParse(key.AsSpan(index + 1, EscapeLength - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                value.Append((char)unit);
                index += EscapeLength - 1;
            }
            else
            {
                return null;
            }
        }

        var decoded = value.ToString();
        return string.Equals(Encode(decoded), key, StringComparison.Ordinal) ? decoded : null;
    }

    // Surrogates too: a lone surrogate cannot be sent, and one rule for both keeps this simple.
    private static bool MustEscape(char character) =>
        character is '/' or '\\' or '#' or '?' or '%' or EscapeCharacter || char.IsControl(character) || char.IsSurrogate(character);
}
