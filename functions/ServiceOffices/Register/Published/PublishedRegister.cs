using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>The content of one revision, before it is converted to tables.</summary>
/// <param name="Offices">Ordered by id, ordinal.</param>
/// <param name="Events">Ordered by office id, then number.</param>
/// <param name="Municipalities">Ordered by code.</param>
/// <param name="Changes">All changes of the history, ordered by sequence.</param>
/// <param name="Publications">All publications, ordered by revision, this one last. A revision that was lost is missing.</param>
/// <param name="Files">The files of this revision; empty until they are written.</param>
public sealed record PublishedRegister(
    IReadOnlyList<PublishedOffice> Offices,
    IReadOnlyList<LifecycleEvent> Events,
    IReadOnlyList<PublishedMunicipality> Municipalities,
    ReferenceData Reference,
    IReadOnlyList<NetworkSize> NetworkSizes,
    IReadOnlyList<CountySize> CountySizes,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<PublicationRecord> Publications,
    IReadOnlyList<PublishedFile> Files)
{
    /// <summary>Finds the publication of a revision; null if it does not exist.</summary>
    public PublicationRecord? FindPublication(long revision) => FindPublicationIndex(revision) is var index and >= 0 ? Publications[index] : null;

    /// <summary>Finds the index of a revision in <see cref="Publications"/>; a negative number if it does not exist.</summary>
    public int FindPublicationIndex(long revision)
    {
        // Revisions are numbered from 1. Only revisions that were lost are missing.
        if (revision >= 1 && revision <= Publications.Count && Publications[(int)revision - 1].Revision == revision)
        {
            return (int)revision - 1;
        }

        var (first, last) = (0, Publications.Count - 1);
        while (first <= last)
        {
            var middle = (first + last) / 2;
            var comparison = Publications[middle].Revision.CompareTo(revision);
            if (comparison == 0)
            {
                return middle;
            }

            (first, last) = comparison < 0 ? (middle + 1, last) : (first, middle - 1);
        }

        return ~first;
    }
}

/// <summary>A municipality with its access to open offices on the day of publication.</summary>
/// <param name="OfficesOpen">Offices in it whose status is open.</param>
/// <param name="DistanceToNearestOpenOfficeKm">From the seat, along the ellipsoid, to the nearest open office whose coordinates are known; null if none is open.</param>
public sealed record PublishedMunicipality(
    Municipality Municipality, int OfficesOpen, double? DistanceToNearestOpenOfficeKm, string? NearestOpenOfficeId);

/// <summary>An office with the values that follow from its events and its municipality on the day of publication.</summary>
/// <param name="Status">One of <see cref="Codes.Status"/>; null before the first event that sets a status.</param>
/// <param name="ModifiedAt">Time of the publication that last changed any value of the office, UTC.</param>
public sealed record PublishedOffice(Office Office, string? Status, DateTimeOffset ModifiedAt)
{
    /// <summary>Date of the latest event on or before the day of publication, a local date in Europe/Stockholm; null if there is none.</summary>
    public DateOnly? LastConfirmedOn { get; init; }

    /// <summary>URL of the source of that event; null if the event has no source.</summary>
    public string? LastConfirmedSource { get; init; }

    /// <summary>Gets the office with the values that follow from its events on a date.</summary>
    public PublishedOffice WithEvents(DateOnly date, IEnumerable<LifecycleEvent> events, int planExpiryMonths)
    {
        LifecycleEvent[] all = [.. events];
        var latest = all.Where(lifecycleEvent => lifecycleEvent.On <= date).Max(OfficeStatus.ChronologicalOrder);
        return this with
        {
            Status = OfficeStatus.ComputeOn(date, all, planExpiryMonths),
            LastConfirmedOn = latest?.On,
            LastConfirmedSource = latest?.Source,
        };
    }

    public string? CountyCode => Office.MunicipalityCode?[..2];

    /// <summary>Ids of the agencies whose services the office helps with.</summary>
    public IEnumerable<string> Agencies => Office.Services.Select(service => service.Agency);
}

/// <summary>An event with the names that its office and the office's municipality have on the day of publication.</summary>
/// <param name="Office">Null if the office is not published.</param>
public sealed record PublishedEvent(LifecycleEvent Event, Office? Office, Municipality? Municipality, County? County);

/// <summary>A change that one publication made to one office.</summary>
/// <param name="Sequence">Number from 1 over the whole history, without gaps.</param>
/// <param name="Kind">One of <see cref="Codes.ChangeKind"/>.</param>
/// <param name="Name">The office's name after the change; for a removal its last name.</param>
/// <param name="Properties">The changed properties; empty if the office was removed.</param>
/// <param name="Publication">The first revision that contains the change.</param>
/// <param name="At">Time of that revision, UTC.</param>
public sealed record Change(
    long Sequence, string OfficeId, string Kind, string Name, IReadOnlyList<PropertyChange> Properties, long Publication, DateTimeOffset At);

/// <summary>
/// The old and new value of a property as strings: a string, date or time unchanged, every other value as JSON; null for null.
/// </summary>
/// <param name="Property">A column of the offices, or <c>events</c>: then the values are JSON arrays of the events that differ.</param>
public sealed record PropertyChange(string Property, string? OldValue, string? NewValue);
