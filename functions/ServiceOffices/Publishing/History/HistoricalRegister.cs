using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;

namespace ServiceOffices.Publishing.History;

/// <summary>
/// Reconstructs a published register as of an earlier date from its events. An office exists from its first event on; one
/// without events exists from the day of its first publication. Later events are omitted. Values without a date (names, places,
/// services) are those of the publication.
/// </summary>
internal static class HistoricalRegister
{
    /// <summary>Gets the date of the first event; null if there is none.</summary>
    public static DateOnly? GetFirstDate(PublishedRegister register) =>
        register.Events.Count == 0 ? null : register.Events.Min(lifecycleEvent => lifecycleEvent.On);

    /// <summary>Gets the last date on which the register changed, up to the given date: the register is the same on all days between two such dates.</summary>
    public static DateOnly GetLastChangeDate(PublishedRegister register, DateOnly date) =>
        register.Events.Select(lifecycleEvent => lifecycleEvent.On)
            .Concat(register.Reference.NetworkCounts.Select(count => count.On))
            .Concat(register.Changes.Where(change => change.Kind == ChangeKind.Added).Select(change => LocalDate.InStockholm(change.At)))
            .Where(on => on <= date)
            .DefaultIfEmpty(date)
            .Max();

    public static TableSet CreateTables(PublishedRegister register, DateOnly date) => RegisterModel.CreateTables(Create(register, date));

    public static PublishedRegister Create(PublishedRegister register, DateOnly date)
    {
        var events = register.Events.Where(lifecycleEvent => lifecycleEvent.On <= date).ToArray();
        var eventsByOffice = events.ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        var publishedIds = register.Changes
            .Where(change => change.Kind == ChangeKind.Added && LocalDate.InStockholm(change.At) <= date)
            .Select(change => change.OfficeId)
            .ToHashSet(StringComparer.Ordinal);
        PublishedOffice[] offices =
        [
            .. register.Offices
                .Where(office => eventsByOffice.Contains(office.Office.Id) || publishedIds.Contains(office.Office.Id))
                .Select(office => office with { Status = OfficeStatus.ComputeOn(date, eventsByOffice[office.Office.Id]) }),
        ];
        return register with
        {
            Offices = offices,
            Events = events,
            Municipalities = MunicipalityAccess.Compute(register.Reference.Municipalities, offices),
            Reference = register.Reference with { NetworkCounts = [.. register.Reference.NetworkCounts.Where(count => count.On <= date)] },
            NetworkSizes = [.. register.NetworkSizes.Where(size => size.Date <= date)],
            CountySizes = [.. register.CountySizes.Where(size => size.Date <= date)],
        };
    }
}
