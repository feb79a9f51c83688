using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>
/// Composes the published register from the editors' register. An invalid row is listed as rejected and keeps its last
/// published value; if it was never published, it is omitted.
/// </summary>
public sealed class RegisterComposer(ReferenceData reference)
{
    private readonly EntryValidator validation = new(reference);

    /// <param name="today">The local date in Europe/Stockholm.</param>
    /// <param name="at">The time of publication, which becomes the time of change of new offices.</param>
    /// <param name="previous">The last publication, or null before the first.</param>
    public Composition Compose(RegisterContent content, DateOnly today, DateTimeOffset at, PublishedRegister? previous)
    {
        var lastOffices = (previous?.Offices ?? []).ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        var lastEvents = (previous?.Events ?? []).ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        var unreadable = content.Rejected.ToLookup(row => row.OfficeId, StringComparer.Ordinal);
        var rejected = new List<RejectedRow>(content.Rejected);
        var entries = new SortedDictionary<string, RegisterEntry>(StringComparer.Ordinal);

        foreach (var entry in content.Entries.Select(stored => stored.Entry))
        {
            var office = GetIfValid(entry.Office, rejected) ?? lastOffices.GetValueOrDefault(entry.Office.Id)?.Office;
            var events = GetValidEvents(entry, unreadable[entry.Office.Id], lastEvents[entry.Office.Id], rejected);
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
            .. entries.Values.Select(entry =>
                new PublishedOffice(entry.Office, null, lastOffices.GetValueOrDefault(entry.Office.Id)?.ModifiedAt ?? at)
                    .WithEvents(today, entry.Events, reference.PlanExpiryMonths)),
        ];
        LifecycleEvent[] allEvents = [.. entries.Values.SelectMany(entry => entry.Events)];
        var countySizes = CountySize.ComputeAll(offices, allEvents, reference, today);
        return new Composition(
            offices,
            allEvents,
            MunicipalityAccess.Compute(reference.Municipalities, offices),
            NetworkSize.SumByDate(countySizes),
            countySizes,
            [.. rejected.OrderBy(row => row.OfficeId, StringComparer.Ordinal).ThenBy(row => row.EventNumber ?? -1)]);
    }

    private Office? GetIfValid(Office office, List<RejectedRow> rejected)
    {
        var problems = validation.ValidateOffice(office);
        if (problems.Count == 0)
        {
            return office;
        }

        rejected.Add(new RejectedRow(office.Id, null, problems));
        return null;
    }

    private static List<LifecycleEvent> GetValidEvents(
        RegisterEntry entry, IEnumerable<RejectedRow> unreadable, IEnumerable<LifecycleEvent> lastEvents, List<RejectedRow> rejected)
    {
        var events = new List<LifecycleEvent>(entry.Events.Count);
        var invalidNumbers = unreadable.Select(row => row.EventNumber).OfType<int>().ToHashSet();
        for (var i = 0; i < entry.Events.Count; i++)
        {
            var problems = EntryValidator.ValidateEvent(entry, i);
            if (problems.Count == 0)
            {
                events.Add(entry.Events[i]);
            }
            else
            {
                invalidNumbers.Add(entry.Events[i].Number);
                rejected.Add(new RejectedRow(entry.Office.Id, entry.Events[i].Number, problems));
            }
        }

        invalidNumbers.ExceptWith(events.Select(lifecycleEvent => lifecycleEvent.Number));
        events.AddRange(lastEvents.Where(last => invalidNumbers.Contains(last.Number)));
        events.Sort((left, right) => left.Number.CompareTo(right.Number));
        return events;
    }
}

/// <summary>The register to publish on a given day, before it is compared with the last publication.</summary>
/// <param name="Offices">Ordered by id, ordinal; an office that is already published keeps its <see cref="PublishedOffice.ModifiedAt"/>.</param>
/// <param name="Events">Ordered by office id, then number.</param>
/// <param name="Municipalities">Ordered by code.</param>
/// <param name="Rejected">Rows that are omitted or keep their last valid value, ordered by office id, then number, an office's own row first.</param>
public sealed record Composition(
    IReadOnlyList<PublishedOffice> Offices,
    IReadOnlyList<LifecycleEvent> Events,
    IReadOnlyList<PublishedMunicipality> Municipalities,
    IReadOnlyList<NetworkSize> NetworkSizes,
    IReadOnlyList<CountySize> CountySizes,
    IReadOnlyList<RejectedRow> Rejected);
