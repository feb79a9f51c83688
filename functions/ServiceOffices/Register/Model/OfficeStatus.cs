namespace ServiceOffices.Register.Model;

/// <summary>An office's status follows from its events and a date; nobody types it in.</summary>
public static class OfficeStatus
{
    public const string Proposed = "proposed";
    public const string Planned = "planned";
    public const string Open = "open";
    public const string TemporarilyClosed = "temporarilyClosed";
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";

    /// <summary>
    /// The status on a local date in Europe/Stockholm: what the last event that counts by that day made it, or null
    /// before the first. An event of coarse precision counts from the first day of its period. On one date the order
    /// is that of a life (<see cref="Codes.EventKind"/>), then that of the numbers.
    /// </summary>
    public static string? ComputeOn(DateOnly date, IEnumerable<LifecycleEvent> events)
    {
        LifecycleEvent? last = null;
        foreach (var candidate in events)
        {
            if (candidate.On <= date && GetStatusAfter(candidate.Kind) is not null && (last is null || ChronologicalOrder.Compare(candidate, last) > 0))
            {
                last = candidate;
            }
        }

        return last is null ? null : GetStatusAfter(last.Kind);
    }

    /// <summary>The events in the order in which they count.</summary>
    public static IComparer<LifecycleEvent> ChronologicalOrder { get; } = Comparer<LifecycleEvent>.Create((left, right) =>
    {
        var byDate = left.On.CompareTo(right.On);
        if (byDate != 0)
        {
            return byDate;
        }

        var byKind = Codes.EventKind.IndexOf(left.Kind).CompareTo(Codes.EventKind.IndexOf(right.Kind));
        return byKind != 0 ? byKind : left.Number.CompareTo(right.Number);
    });

    /// <summary>The status that an event of this kind gives; null for the kinds that leave it as it was.</summary>
    public static string? GetStatusAfter(string eventKind) => eventKind switch
    {
        EventKind.Opened or EventKind.ObservedOpen or EventKind.Reopened => Open,
        EventKind.Proposed or EventKind.Planned or EventKind.TemporarilyClosed or EventKind.Closed or EventKind.Withdrawn => eventKind,
        _ => null,
    };
}
