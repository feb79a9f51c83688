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
        if (Problems(entry).FirstOrDefault() is { } problem)
        {
            throw new ArgumentException($"{problem.Field} must be {problem.Allowed}; got {problem.Value}.");
        }
    }

    /// <summary>Every limit that the entry breaks; empty where every store can hold it.</summary>
    public static IEnumerable<Problem> Problems(RegisterEntry entry)
    {
        HashSet<int> numbers = [];
        return
        [
            .. IdProblems(entry.Office.Id),
            .. RowProblems(entry.Office, OfficeRow.Columns, ""),
            .. entry.Events.SelectMany(happened => EventProblems(happened, entry.Office.Id, numbers)),
        ];
    }

    private static Problem[] IdProblems(string id)
    {
        var characters = KeyText.Escape(id).Length;
        return Unless(characters is > 0 and <= KeyCharacters, "id", $"a text of 1 to {KeyCharacters} characters, escapes included", $"{characters}");
    }

    private static IEnumerable<Problem> EventProblems(LifecycleEvent happened, string officeId, HashSet<int> numbers)
    {
        var row = $"events[{happened.Number}].";
        return
        [
            .. Unless(happened.OfficeId == officeId, $"{row}officeId", $"the office's own id '{officeId}'", $"'{happened.OfficeId}'"),
            .. Unless(happened.Number >= 1, $"{row}number", "a whole number from 1", $"{happened.Number}"),
            .. Unless(numbers.Add(happened.Number), $"{row}number", "unique within the office", "it twice"),
            .. RowProblems(happened, EventRow.Columns, row),
        ];
    }

    private static List<Problem> RowProblems<T>(T item, IReadOnlyList<RowColumn<T>> columns, string row)
    {
        // 4 bytes, the key and 8 bytes a property, each property's name and a text's characters in UTF-16.
        var bytes = 4 + (4 * KeyCharacters);
        List<Problem> problems = [];
        foreach (var column in columns)
        {
            var value = column.Value(item);
            if (value is string text)
            {
                problems.AddRange(Unless(
                    text.Length <= TextCharacters, row + column.Name, $"at most {TextCharacters} characters as stored (64 KiB of UTF-16)", $"{text.Length}"));
                problems.AddRange(Unless(IsWellFormed(text), row + column.Name, "well-formed Unicode", "half a surrogate pair"));
                bytes += 4 + (2 * text.Length);
            }
            else if (value is double number)
            {
                problems.AddRange(Unless(double.IsFinite(number), row + column.Name, "a finite number", $"{number}"));
            }

            bytes += value is null ? 0 : 16 + (2 * column.Name.Length);
        }

        problems.AddRange(Unless(bytes <= RowBytes, row.Length == 0 ? "the office" : row.TrimEnd('.'), $"at most {RowBytes} bytes as stored", $"{bytes}"));
        return problems;
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

    private static Problem[] Unless(bool holds, string field, string allowed, string got) => holds ? [] : [new Problem(field, got, allowed)];
}
