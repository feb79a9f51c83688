namespace ServiceOffices.Storage;

/// <summary>One change of an office or its events, written in one transaction with the change itself and never altered.</summary>
/// <param name="ToVersion">The office's version after it: 1 for its first ever, then each one more, removals included.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Changed">The stored columns that have another value than before, and events as <c>events[7]</c>.</param>
public sealed record AuditEntry(string OfficeId, int ToVersion, string Action, IReadOnlyList<string> Changed, Signature Signature)
{
    /// <summary>The version that it changed; 0 where there never was one.</summary>
    public int FromVersion => ToVersion - 1;
}
