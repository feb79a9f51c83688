using ServiceOffices.Publishing;
using ServiceOffices.Register;

namespace ServiceOffices.Portal;

/// <summary>What every page says of one publication, looked up and counted once.</summary>
internal sealed class PublicationView
{
    private readonly Dictionary<string, OfficeView> officesById;

    public PublicationView(Publication publication)
    {
        Publication = publication;
        Today = LocalDate.InStockholm(publication.At);
        var register = publication.Register;
        var municipalities = register.Municipalities.ToDictionary(item => item.Municipality.Code, item => item.Municipality, StringComparer.Ordinal);
        var counties = register.Reference.Counties.ToDictionary(county => county.Code, StringComparer.Ordinal);
        var events = register.Events.Order(OfficeStatus.ChronologicalOrder).ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        Offices =
        [
            .. register.Offices
                .Select(office => new OfficeView(
                    office,
                    municipalities.GetValueOrDefault(office.Office.MunicipalityCode ?? ""),
                    counties.GetValueOrDefault(office.CountyCode ?? ""),
                    [.. events[office.Office.Id]],
                    Today))
                .OrderBy(office => office.Office.Name, SwedishComparer.Instance)
                .ThenBy(office => office.Id, StringComparer.Ordinal),
        ];
        Municipalities = [.. register.Municipalities.OrderBy(item => item.Municipality.Name, SwedishComparer.Instance)];
        Counties = [.. register.Reference.Counties.OrderBy(county => county.NameSv, SwedishComparer.Instance)];
        officesById = Offices.ToDictionary(office => office.Id, StringComparer.Ordinal);
        Markers = MapMarker.FromOffices(Offices);
    }

    public Publication Publication { get; }

    /// <summary>The publication's day in Sweden.</summary>
    public DateOnly Today { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<OfficeView> Offices { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<PublishedMunicipality> Municipalities { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<County> Counties { get; }

    /// <summary>Where offices stand whose place is known.</summary>
    public IReadOnlyList<MapMarker> Markers { get; }

    /// <summary>The last official total of all offices; null where no source states one.</summary>
    public NetworkCount? LatestOfficialCount => Publication.Register.Reference.NetworkCounts.MaxBy(count => count.On);

    /// <summary>What can be downloaded of the publication.</summary>
    public IReadOnlyList<PublishedFile> Files => Publication.Files;

    /// <summary>Events that have happened, the latest first.</summary>
    public IEnumerable<LifecycleEvent> PastEvents => Offices
        .SelectMany(office => office.Events)
        .Where(lifecycleEvent => lifecycleEvent.On <= Today)
        .OrderDescending(OfficeStatus.ChronologicalOrder);

    public OfficeView? FindOffice(string id) => officesById.GetValueOrDefault(id);

    public int CountByStatus(string? status) => Offices.Count(office => office.Status == status);

    public PublishedMunicipality? FindMunicipality(string? code) => Municipalities.FirstOrDefault(item => item.Municipality.Code == code);
}
