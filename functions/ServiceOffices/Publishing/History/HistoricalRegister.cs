using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing.History;

/// <summary>
/// Reconstructs a published register as of an earlier date from its events. An office exists from its first event or status on; one
/// without events exists from the day of its first publication. Later events are omitted. Values without a date (names, places,
/// services) are those of the publication.
/// </summary>
internal static class HistoricalRegister
{
    /// <summary>Gets the date of the first event; null if there is none.</summary>
    public static DateOnly? GetFirstDate(PublishedRegister register) => GetEventDates(register).Min(date => (DateOnly?)date);

    /// <summary>Gets the last date on which the register changed, up to the given date: the register is the same on all days between two such dates.</summary>
    public static DateOnly GetLastChangeDate(PublishedRegister register, DateOnly date) =>
        GetEventDates(register)
            .Concat(register.Reference.NetworkCounts.Select(count => count.On))
            .Concat(register.Changes.Where(change => change.Kind == ChangeKind.Added).Select(change => LocalDate.InStockholm(change.At)))
            .Where(on => on <= date)
            .DefaultIfEmpty(date)
            .Max();

    /// <summary>Gets the dates of the events, and the dates on which they change the status of an office, such as the expiry of a plan.</summary>
    private static IEnumerable<DateOnly> GetEventDates(PublishedRegister register) =>
        register.Events.Select(lifecycleEvent => lifecycleEvent.On).Concat(register.Events
            .GroupBy(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal)
            .SelectMany(events => OfficeStatus.ComputePeriods(events, register.Reference.PlanExpiryMonths))
            .Select(period => period.From));

    public static TableSet CreateTables(PublishedRegister register, DateOnly date) => PublishedTables.Create(Create(register, date));

    public static PublishedRegister Create(PublishedRegister register, DateOnly date)
    {
        var eventsByOffice = register.Events.ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        var publishedIds = register.Changes
            .Where(change => change.Kind == ChangeKind.Added && LocalDate.InStockholm(change.At) <= date)
            .Select(change => change.OfficeId)
            .ToHashSet(StringComparer.Ordinal);
        PublishedOffice[] offices =
        [
            .. register.Offices
                .Select(office => office.WithEvents(date, eventsByOffice[office.Office.Id], register.Reference.PlanExpiryMonths))
                .Where(office => office.Status is not null || publishedIds.Contains(office.Office.Id)),
        ];
        return register with
        {
            Offices = offices,
            Events = [.. register.Events.Where(lifecycleEvent => lifecycleEvent.On <= date)],
            Municipalities = MunicipalityAccess.Compute(register.Reference.Municipalities, offices),
            Reference = register.Reference with { NetworkCounts = [.. register.Reference.NetworkCounts.Where(count => count.On <= date)] },
            NetworkSizes = [.. register.NetworkSizes.Where(size => size.Date <= date)],
            CountySizes = [.. register.CountySizes.Where(size => size.Date <= date)],
        };
    }
}
