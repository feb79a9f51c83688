using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>How many offices had each status at the end of a local date on which some number moved.</summary>
public sealed record NetworkSize(DateOnly Date, int Proposed, int Planned, int Open, int TemporarilyClosed, int Closed)
{
    /// <summary>The line from the first event to the last on or before <paramref name="today"/>, in order of date.</summary>
    public static IReadOnlyList<NetworkSize> Line(IReadOnlyList<IReadOnlyList<LifecycleEvent>> offices, DateOnly today)
    {
        var moves = new SortedDictionary<DateOnly, Dictionary<string, int>>();
        foreach (var events in offices)
        {
            string? before = null;
            foreach (var step in events.Where(step => step.On <= today).Order(OfficeStatus.InOrder))
            {
                if (OfficeStatus.After(step.Kind) is not { } after || after == before)
                {
                    continue;
                }

                var day = moves.TryGetValue(step.On, out var known) ? known : moves[step.On] = [];
                day[after] = day.GetValueOrDefault(after) + 1;
                if (before is not null)
                {
                    day[before] = day.GetValueOrDefault(before) - 1;
                }

                before = after;
            }
        }

        var totals = new Dictionary<string, int>();
        var line = new List<NetworkSize>();
        foreach (var (date, day) in moves)
        {
            // Two events of one office on one day can cancel out: then nothing moved.
            if (day.Values.All(change => change == 0))
            {
                continue;
            }

            foreach (var (status, change) in day)
            {
                totals[status] = totals.GetValueOrDefault(status) + change;
            }

            line.Add(new NetworkSize(
                date,
                totals.GetValueOrDefault("proposed"),
                totals.GetValueOrDefault("planned"),
                totals.GetValueOrDefault("open"),
                totals.GetValueOrDefault("temporarilyClosed"),
                totals.GetValueOrDefault("closed")));
        }

        return line;
    }
}
