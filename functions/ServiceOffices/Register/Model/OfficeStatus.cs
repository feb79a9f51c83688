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

    public const string Unknown = "unknown";

    /// <summary>
    /// Computes the status on a local date in Europe/Stockholm: that of the last period of <see cref="ComputePeriods"/> which has
    /// begun; null before the first.
    /// </summary>
    /// <param name="planExpiryMonths">Months after which a plan without a later event no longer counts.</param>
    public static string? ComputeOn(DateOnly date, IEnumerable<LifecycleEvent> events, int planExpiryMonths)
    {
        string? status = null;
        foreach (var period in ComputePeriods(events, planExpiryMonths))
        {
            if (period.From > date)
            {
                break;
            }

            status = period.Status;
        }

        return status;
    }

    /// <summary>Computes the periods of an office's statuses, ordered by date; consecutive periods differ.</summary>
    /// <remarks>
    /// The rules, which the data dictionary describes for users:
    /// an event of coarse precision counts from the first day of its period; events of one date are ordered by
    /// <see cref="Codes.EventKind"/>, then by number.
    /// A plan expires: if no later event follows, the status is unknown from <paramref name="planExpiryMonths"/> months after the
    /// end of the period of the plan.
    /// An office that closes was open: if no earlier event says so, it counts as open from the earliest evidence of its
    /// operation, such as the announcement of the closing, or else from the day before the closing.
    /// Events that set no status leave it as it is; before the first that does, the status is unknown.
    /// </remarks>
    public static IReadOnlyList<StatusPeriod> ComputePeriods(IEnumerable<LifecycleEvent> events, int planExpiryMonths)
    {
        LifecycleEvent[] ordered = [.. events.Order(ChronologicalOrder)];
        var impliedOpening = FindImpliedOpening(ordered);
        var periods = new List<StatusPeriod>();
        for (var i = 0; i < ordered.Length; i++)
        {
            var current = ordered[i];
            if (impliedOpening is { } opening && opening <= current.On)
            {
                Begin(opening, Open);
                impliedOpening = null;
            }

            var status = GetStatusAfter(current.Kind) ?? (periods.Count == 0 ? Unknown : periods[^1].Status);
            Begin(current.On, status);
            if (status == Planned)
            {
                var expiry = GetLastDay(current).AddMonths(planExpiryMonths);
                if (i + 1 == ordered.Length || expiry < ordered[i + 1].On)
                {
                    Begin(expiry, Unknown);
                }
            }
        }

        return periods;

        void Begin(DateOnly from, string status)
        {
            // Of several events on one day, the last counts; an office closed on the first day of a period may precede its evidence.
            if (periods.Count > 0 && periods[^1].From == from)
            {
                periods.RemoveAt(periods.Count - 1);
            }

            if (periods.Count == 0 || periods[^1].Status != status)
            {
                periods.Add(new StatusPeriod(from, status));
            }
        }
    }

    /// <summary>Finds the date from which an office counts as open because it closes later; null if an event says when it opened, or if it never closes.</summary>
    private static DateOnly? FindImpliedOpening(LifecycleEvent[] ordered)
    {
        DateOnly? evidence = null;
        foreach (var lifecycleEvent in ordered)
        {
            switch (lifecycleEvent.Kind)
            {
                case EventKind.Opened or EventKind.ObservedOpen or EventKind.Reopened:
                    return null;
                case EventKind.Closed or EventKind.TemporarilyClosed:
                    return evidence ?? lifecycleEvent.On.AddDays(-1);
                case EventKind.Proposed or EventKind.Planned or EventKind.Withdrawn:
                    break;
                default:
                    evidence ??= lifecycleEvent.On;
                    break;
            }
        }

        return null;
    }

    private static DateOnly GetLastDay(LifecycleEvent lifecycleEvent) => lifecycleEvent.Precision switch
    {
        DatePrecision.Month => lifecycleEvent.On.AddMonths(1).AddDays(-1),
        DatePrecision.HalfYear => lifecycleEvent.On.AddMonths(6).AddDays(-1),
        DatePrecision.Year => lifecycleEvent.On.AddYears(1).AddDays(-1),
        _ => lifecycleEvent.On,
    };

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

/// <summary>A period in which an office has one status; it ends when the next period of the office begins.</summary>
/// <param name="From">The first day, a local date in Europe/Stockholm.</param>
/// <param name="Status">One of <see cref="Codes.Status"/>.</param>
public sealed record StatusPeriod(DateOnly From, string Status);
