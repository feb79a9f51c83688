using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;

namespace ServiceOffices.Storage.Rows;

/// <summary>
/// The limits of Azure Table storage (Microsoft Learn, "Understanding the Table service data model"). Every store enforces them, so
/// that each accepts the same entries; the emulator does not.
/// </summary>
internal static class StorageLimits
{
    /// <summary>64 KiB of UTF-16.</summary>
    public const int MaxStringLength = 32 * 1024;

    /// <summary>1 KiB of UTF-16.</summary>
    public const int MaxKeyLength = 512;

    public const int MaxRowBytes = 1024 * 1024;

    /// <summary>Throws for an entry that not every store can hold.</summary>
    /// <exception cref="ArgumentException">The entry exceeds a limit, or an event belongs to another office or has the number of another event.</exception>
    public static void ThrowIfExceeded(RegisterEntry entry)
    {
        if (FindProblems(entry).FirstOrDefault() is { } problem)
        {
            throw new ArgumentException($"{problem.Field} must be {problem.Allowed}; got {problem.Value}.");
        }
    }

    /// <summary>Gets every limit that the entry exceeds; empty if every store can hold it.</summary>
    public static IEnumerable<ValidationProblem> FindProblems(RegisterEntry entry)
    {
        HashSet<int> numbers = [];
        return
        [
            .. FindIdProblems(entry.Office.Id),
            .. FindRowProblems(entry.Office, OfficeSchema.Columns.Stored, ""),
            .. entry.Events.SelectMany(lifecycleEvent => FindEventProblems(lifecycleEvent, entry.Office.Id, numbers)),
        ];
    }

    private static ValidationProblem[] FindIdProblems(string id)
    {
        var length = TableKeyEncoding.Encode(id).Length;
        return ProblemUnless(length is > 0 and <= MaxKeyLength, "id", $"a string of 1 to {MaxKeyLength} characters, escapes included", $"{length}");
    }

    private static IEnumerable<ValidationProblem> FindEventProblems(LifecycleEvent lifecycleEvent, string officeId, HashSet<int> numbers)
    {
        var prefix = $"events[{lifecycleEvent.Number}].";
        return
        [
            .. ProblemUnless(lifecycleEvent.OfficeId == officeId, $"{prefix}officeId", $"the office's own id '{officeId}'", $"'{lifecycleEvent.OfficeId}'"),
            .. ProblemUnless(lifecycleEvent.Number >= 1, $"{prefix}number", "a whole number from 1", $"{lifecycleEvent.Number}"),
            .. ProblemUnless(numbers.Add(lifecycleEvent.Number), $"{prefix}number", "unique within the office", "it twice"),
            .. FindRowProblems(lifecycleEvent, EventSchema.Columns.Stored, prefix),
        ];
    }

    private static List<ValidationProblem> FindRowProblems<T>(T item, IReadOnlyList<StoredColumn<T>> columns, string prefix)
    {
        // 4 bytes, the key and 8 bytes per property, each property's name and a string's characters in UTF-16.
        var bytes = 4 + (4 * MaxKeyLength);
        List<ValidationProblem> problems = [];
        foreach (var column in columns)
        {
            var value = column.GetValue(item);
            if (value is string stringValue)
            {
                problems.AddRange(ProblemUnless(
                    stringValue.Length <= MaxStringLength, prefix + column.Name, $"at most {MaxStringLength} characters as stored (64 KiB of UTF-16)", $"{stringValue.Length}"));
                problems.AddRange(ProblemUnless(IsWellFormed(stringValue), prefix + column.Name, "well-formed Unicode", "a lone surrogate"));
                bytes += 4 + (2 * stringValue.Length);
            }
            else if (value is double number)
            {
                problems.AddRange(ProblemUnless(double.IsFinite(number), prefix + column.Name, "a finite number", $"{number}"));
            }

            bytes += value is null ? 0 : 16 + (2 * column.Name.Length);
        }

        problems.AddRange(ProblemUnless(bytes <= MaxRowBytes, prefix.Length == 0 ? "the office" : prefix.TrimEnd('.'), $"at most {MaxRowBytes} bytes as stored", $"{bytes}"));
        return problems;
    }

    private static bool IsWellFormed(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsSurrogate(value[index]) && !char.IsSurrogatePair(value, index++))
            {
                return false;
            }
        }

        return true;
    }

    private static ValidationProblem[] ProblemUnless(bool condition, string field, string allowed, string actual) => condition ? [] : [new ValidationProblem(field, actual, allowed)];
}
