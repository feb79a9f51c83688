using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing;

/// <summary>
/// Makes what is to be published from what the editors' register holds. A row that is not valid is named as rejected
/// and keeps its last good published value; where it was never published it is absent.
/// </summary>
public sealed class RegisterComposer(ReferenceData reference)
{
    private readonly EntryValidation validation = new(reference);

    /// <param name="today">The local date in Europe/Stockholm.</param>
    /// <param name="at">The instant of publication, which offices that are new take as their time of change.</param>
    /// <param name="previous">The last publication, or null before the first.</param>
    public Composition Compose(RegisterContent content, DateOnly today, DateTimeOffset at, PublishedRegister? previous)
    {
        var lastOffices = (previous?.Offices ?? []).ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        var lastEvents = (previous?.Events ?? []).ToLookup(happened => happened.OfficeId, StringComparer.Ordinal);
        var unreadable = content.Rejected.ToLookup(row => row.OfficeId, StringComparer.Ordinal);
        var rejected = new List<RejectedRow>(content.Rejected);
        var entries = new SortedDictionary<string, RegisterEntry>(StringComparer.Ordinal);

        foreach (var entry in content.Entries.Select(stored => stored.Entry))
        {
            var office = Valid(entry.Office, rejected) ?? lastOffices.GetValueOrDefault(entry.Office.Id)?.Office;
            var events = ValidEvents(entry, unreadable[entry.Office.Id], lastEvents[entry.Office.Id], rejected);
            if (office is not null)
            {
                entries[office.Id] = new RegisterEntry(office, events);
            }
        }

        foreach (var row in content.Rejected.Where(row => row.EventNumber is null && !entries.ContainsKey(row.OfficeId)))
        {
            if (lastOffices.TryGetValue(row.OfficeId, out var last))
            {
                entries[row.OfficeId] = new RegisterEntry(last.Office, [.. lastEvents[row.OfficeId]]);
            }
        }

        PublishedOffice[] offices =
        [
            .. entries.Values.Select(entry => new PublishedOffice(
                entry.Office,
                OfficeStatus.On(today, entry.Events),
                lastOffices.GetValueOrDefault(entry.Office.Id)?.ModifiedAt ?? at)),
        ];
        LifecycleEvent[] allEvents = [.. entries.Values.SelectMany(entry => entry.Events)];
        var countySizes = CountySize.Line(offices, allEvents, reference.Counties, today);
        return new Composition(
            offices,
            allEvents,
            MunicipalityAccess.Of(reference.Municipalities, offices),
            NetworkSize.Line(countySizes),
            countySizes,
            [.. rejected.OrderBy(row => row.OfficeId, StringComparer.Ordinal).ThenBy(row => row.EventNumber ?? -1)]);
    }

    private Office? Valid(Office office, List<RejectedRow> rejected)
    {
        var problems = validation.OfficeProblems(office);
        if (problems.Count == 0)
        {
            return office;
        }

        rejected.Add(new RejectedRow(office.Id, null, problems));
        return null;
    }

    private static List<LifecycleEvent> ValidEvents(
        RegisterEntry entry, IEnumerable<RejectedRow> unreadable, IEnumerable<LifecycleEvent> lastEvents, List<RejectedRow> rejected)
    {
        var events = new List<LifecycleEvent>(entry.Events.Count);
        var broken = unreadable.Select(row => row.EventNumber).OfType<int>().ToHashSet();
        for (var i = 0; i < entry.Events.Count; i++)
        {
            var problems = EntryValidation.EventProblems(entry, i);
            if (problems.Count == 0)
            {
                events.Add(entry.Events[i]);
            }
            else
            {
                broken.Add(entry.Events[i].Number);
                rejected.Add(new RejectedRow(entry.Office.Id, entry.Events[i].Number, problems));
            }
        }

        broken.ExceptWith(events.Select(happened => happened.Number));
        events.AddRange(lastEvents.Where(last => broken.Contains(last.Number)));
        events.Sort((left, right) => left.Number.CompareTo(right.Number));
        return events;
    }
}
