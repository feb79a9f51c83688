using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Storage.Rows;

/// <summary>What of a change is stored beside it, the same in every store.</summary>
internal static class AuditTrail
{
    public const string CreatedAction = "created";
    public const string ChangedAction = "changed";
    public const string RemovedAction = "removed";

    // Far within 64 KiB; an office has some twenty columns, and its events are named only this far.
    private const int MaxNamedChanges = 200;

    /// <param name="existed">Whether there was an office before.</param>
    /// <param name="before">Null where there was none, or it could not be read.</param>
    /// <param name="after">Null for a removal.</param>
    public static AuditEntry CreateEntry(string officeId, int toVersion, bool existed, RegisterEntry? before, RegisterEntry? after, Signature signature)
    {
        var action = after is null ? RemovedAction : existed ? ChangedAction : CreatedAction;
        return new AuditEntry(officeId, toVersion, action, before is null || after is null ? [] : [.. FindDifferences(before, after).Take(MaxNamedChanges)], signature);
    }

    /// <summary>The stored columns in which two versions of an office differ, then the events that one has and the other has not, or not so.</summary>
    public static IEnumerable<string> FindDifferences(RegisterEntry before, RegisterEntry after) =>
        EntryDiff.GetColumns(before, after).Select(difference => difference.Column.Name)
            .Concat(EntryDiff.GetEvents(before, after).Select(difference => string.Create(CultureInfo.InvariantCulture, $"events[{difference.Number}]")));

    public static string FormatChanged(IReadOnlyList<string> changed) => string.Join(' ', changed);

    public static IReadOnlyList<string> ParseChanged(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
