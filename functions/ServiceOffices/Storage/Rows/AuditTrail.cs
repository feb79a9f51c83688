using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Storage.Rows;

/// <summary>Creates the audit entry that is stored with a change; the same in every store.</summary>
internal static class AuditTrail
{
    public const string CreatedAction = "created";
    public const string ChangedAction = "changed";
    public const string RemovedAction = "removed";

    // Keeps the names far below 64 KiB; an office has about twenty columns, the rest are events.
    private const int MaxNamedChanges = 200;

    /// <param name="existed">True if the office existed before the change.</param>
    /// <param name="before">The entry before the change; null if it did not exist or could not be read.</param>
    /// <param name="after">The entry after the change; null for a removal.</param>
    public static AuditEntry CreateEntry(string officeId, int toVersion, bool existed, RegisterEntry? before, RegisterEntry? after, Signature signature)
    {
        var action = after is null ? RemovedAction : existed ? ChangedAction : CreatedAction;
        return new AuditEntry(officeId, toVersion, action, before is null || after is null ? [] : [.. FindDifferences(before, after).Take(MaxNamedChanges)], signature);
    }

    /// <summary>Gets the stored columns in which two versions of an office differ, then the events that differ or that only one has.</summary>
    public static IEnumerable<string> FindDifferences(RegisterEntry before, RegisterEntry after) =>
        EntryDiff.GetColumns(before, after).Select(difference => difference.Column.Name)
            .Concat(EntryDiff.GetEvents(before, after).Select(difference => string.Create(CultureInfo.InvariantCulture, $"events[{difference.Number}]")));

    public static string FormatChanged(IReadOnlyList<string> changed) => string.Join(' ', changed);

    public static IReadOnlyList<string> ParseChanged(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
