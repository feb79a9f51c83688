using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>
/// What a row may hold: the limits of Azure Table storage, kept by every store so that what one takes any other takes
/// (Microsoft Learn, "Understanding the Table service data model"). The emulator does not enforce them.
/// </summary>
internal static class RowLimits
{
    /// <summary>64 KiB of UTF-16.</summary>
    public const int TextCharacters = 32 * 1024;

    /// <summary>1 KiB of UTF-16.</summary>
    public const int KeyCharacters = 512;

    public const int RowBytes = 1024 * 1024;

    /// <exception cref="ArgumentException">The entry breaks a limit, or its events do not belong together.</exception>
    public static void Check(RegisterEntry entry)
    {
        CheckId(entry.Office.Id);
        CheckRow(entry.Office, OfficeRow.Columns, "");
        HashSet<int> numbers = [];
        foreach (var happened in entry.Events)
        {
            var row = $"events[{happened.Number}].";
            Require(happened.OfficeId == entry.Office.Id, $"{row}officeId", $"the office's own id '{entry.Office.Id}'", $"'{happened.OfficeId}'");
            Require(happened.Number >= 1, $"{row}number", "a whole number from 1", $"{happened.Number}");
            Require(numbers.Add(happened.Number), $"{row}number", "unique within the office", "it twice");
            CheckRow(happened, EventRow.Columns, row);
        }
    }

    /// <exception cref="ArgumentException">No store can have a row of this key.</exception>
    public static void CheckId(string id)
    {
        var characters = KeyText.Escape(id).Length;
        Require(characters is > 0 and <= KeyCharacters, "id", $"a text of 1 to {KeyCharacters} characters, escapes included", $"{characters}");
    }

    private static void CheckRow<T>(T item, IReadOnlyList<RowColumn<T>> columns, string row)
    {
        // 4 bytes, the key and 8 bytes a property, each property's name and a text's characters in UTF-16.
        var bytes = 4 + (4 * KeyCharacters);
        foreach (var column in columns)
        {
            var value = column.Value(item);
            if (value is string text)
            {
                Require(text.Length <= TextCharacters, row + column.Name, $"at most {TextCharacters} characters as stored (64 KiB of UTF-16)", $"{text.Length}");
                Require(IsWellFormed(text), row + column.Name, "well-formed Unicode", "half a surrogate pair");
                bytes += 4 + (2 * text.Length);
            }
            else if (value is double number)
            {
                Require(double.IsFinite(number), row + column.Name, "a finite number", $"{number}");
            }

            bytes += value is null ? 0 : 16 + (2 * column.Name.Length);
        }

        Require(bytes <= RowBytes, row.Length == 0 ? "the office" : row.TrimEnd('.'), $"at most {RowBytes} bytes as stored", $"{bytes}");
    }

    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !char.IsSurrogatePair(text, at++))
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(bool holds, string field, string allowed, string got)
    {
        if (!holds)
        {
            throw new ArgumentException($"{field} must be {allowed}; got {got}.");
        }
    }
}
