using System.Globalization;
using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>What of a change is stored beside it, the same in every store.</summary>
internal static class AuditRow
{
    public const string Created = "created";
    public const string Replaced = "changed";
    public const string Removed = "removed";

    // Far within 64 KiB; an office has some twenty columns, and its events are named only this far.
    private const int MostNamed = 200;

    /// <param name="existed">Whether there was an office before.</param>
    /// <param name="before">Null where there was none, or it could not be read.</param>
    /// <param name="after">Null for a removal.</param>
    public static AuditEntry Of(string officeId, int toVersion, bool existed, RegisterEntry? before, RegisterEntry? after, Signature signature)
    {
        var action = after is null ? Removed : existed ? Replaced : Created;
        return new AuditEntry(officeId, toVersion, action, before is null || after is null ? [] : [.. Differences(before, after).Take(MostNamed)], signature);
    }

    /// <summary>The stored columns in which two versions of an office differ, then the events that one has and the other has not, or not so.</summary>
    public static IEnumerable<string> Differences(RegisterEntry before, RegisterEntry after)
    {
        foreach (var column in OfficeRow.Columns.Where(column => !Equals(column.Value(before.Office), column.Value(after.Office))))
        {
            yield return column.Name;
        }

        var old = before.Events.ToDictionary(happened => happened.Number);
        var now = after.Events.ToDictionary(happened => happened.Number);
        foreach (var number in old.Keys.Union(now.Keys).Order())
        {
            if (!Equals(old.GetValueOrDefault(number), now.GetValueOrDefault(number)))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"events[{number}]");
            }
        }
    }

    public static string Text(IReadOnlyList<string> changed) => string.Join(' ', changed);

    public static IReadOnlyList<string> Names(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
