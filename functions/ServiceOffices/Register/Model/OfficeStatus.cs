namespace ServiceOffices.Register.Model;

/// <summary>The codes of <see cref="Codes.Status"/>, and the computation of an office's status from its events and a date.</summary>
public static class OfficeStatus
{
    public const string Proposed = "proposed";
    public const string Planned = "planned";
    public const string Open = "open";
    public const string TemporarilyClosed = "temporarilyClosed";
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";

    /// <summary>
    /// Computes the status on a local date in Europe/Stockholm: that of the last event up to that date which sets a status; null
    /// before the first. An event of coarse precision counts from the first day of its period. Events of one date are ordered
    /// by <see cref="Codes.EventKind"/>, then by number.
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

    /// <summary>Orders events by date, kind and number.</summary>
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

    /// <summary>Gets the status that an event of a kind sets; null for the kinds that do not change it.</summary>
    public static string? GetStatusAfter(string eventKind) => eventKind switch
    {
        EventKind.Opened or EventKind.ObservedOpen or EventKind.Reopened => Open,
        EventKind.Proposed or EventKind.Planned or EventKind.TemporarilyClosed or EventKind.Closed or EventKind.Withdrawn => eventKind,
        _ => null,
    };
}
