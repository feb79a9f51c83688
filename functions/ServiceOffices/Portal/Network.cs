using ServiceOffices.Publishing;
using ServiceOffices.Register;

namespace ServiceOffices.Portal;

/// <summary>What every page says of one publication, looked up and counted once.</summary>
internal sealed class Network
{
    private readonly Dictionary<string, OfficeFacts> byId;

    public Network(Publication publication)
    {
        Publication = publication;
        Today = LocalDate.InStockholm(publication.At);
        var register = publication.Register;
        var municipalities = register.Municipalities.ToDictionary(item => item.Municipality.Code, item => item.Municipality, StringComparer.Ordinal);
        var counties = register.Reference.Counties.ToDictionary(county => county.Code, StringComparer.Ordinal);
        var events = register.Events.Order(OfficeStatus.InOrder).ToLookup(happened => happened.OfficeId, StringComparer.Ordinal);
        Offices =
        [
            .. register.Offices
                .Select(office => new OfficeFacts(
                    office,
                    municipalities.GetValueOrDefault(office.Office.MunicipalityCode ?? ""),
                    counties.GetValueOrDefault(office.CountyCode ?? ""),
                    [.. events[office.Office.Id]],
                    Today))
                .OrderBy(office => office.Office.Name, SwedishOrder.Comparer)
                .ThenBy(office => office.Id, StringComparer.Ordinal),
        ];
        Municipalities = [.. register.Municipalities.OrderBy(item => item.Municipality.Name, SwedishOrder.Comparer)];
        Counties = [.. register.Reference.Counties.OrderBy(county => county.NameSv, SwedishOrder.Comparer)];
        byId = Offices.ToDictionary(office => office.Id, StringComparer.Ordinal);
        Places = MapPlace.Of(Offices);
    }

    public Publication Publication { get; }

    /// <summary>The publication's day in Sweden.</summary>
    public DateOnly Today { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<OfficeFacts> Offices { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<PublishedMunicipality> Municipalities { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<County> Counties { get; }

    /// <summary>Where offices stand whose place is known.</summary>
    public IReadOnlyList<MapPlace> Places { get; }

    /// <summary>The last official total of all offices; null where no source states one.</summary>
    public NetworkCount? OfficialTotal => Publication.Register.Reference.NetworkCounts.MaxBy(count => count.On);

    /// <summary>What can be downloaded of the publication.</summary>
    public IReadOnlyList<PublishedFile> Files => Publication.Files;

    /// <summary>Events that have happened, the latest first.</summary>
    public IEnumerable<LifecycleEvent> Latest => Offices
        .SelectMany(office => office.Events)
        .Where(happened => happened.On <= Today)
        .OrderDescending(OfficeStatus.InOrder);

    public OfficeFacts? Find(string id) => byId.GetValueOrDefault(id);

    public int Count(string? status) => Offices.Count(office => office.Status == status);

    public PublishedMunicipality? Municipality(string? code) => Municipalities.FirstOrDefault(item => item.Municipality.Code == code);
}
