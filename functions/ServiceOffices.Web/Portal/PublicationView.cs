using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Portal;

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

/// <summary>A place on the map with every office there: most are known by their municipality's seat only.</summary>
/// <param name="Offices">At least one, those open first.</param>
internal sealed record MapMarker(double Latitude, double Longitude, IReadOnlyList<OfficeView> Offices)
{
    // What a reader looks for comes first.
    private static readonly string[] StatusOrder = ["open", "temporarilyClosed", "planned", "proposed", "closed", "withdrawn"];

    /// <summary>The status that the place is drawn with: of its offices, the first of the order open, temporarily closed, planned, proposed, closed.</summary>
    public string? Status => Offices[0].Status;

    /// <summary>A status's place in that order; one that is not known comes last.</summary>
    public static int GetStatusRank(string? status) => Array.IndexOf(StatusOrder, status) is >= 0 and var rank ? rank : StatusOrder.Length;

    public static IReadOnlyList<MapMarker> FromOffices(IEnumerable<OfficeView> offices) =>
    [
        .. offices.Where(office => office.HasCoordinates)
            .GroupBy(office => (office.Office.Latitude!.Value, office.Office.Longitude!.Value))
            .Select(group => new MapMarker(group.Key.Item1, group.Key.Item2, [.. group.OrderBy(office => GetStatusRank(office.Status))]))
            .OrderByDescending(marker => marker.Latitude)
            .ThenBy(marker => marker.Longitude),
    ];
}

/// <summary>An office with everything that its pages say of it.</summary>
/// <param name="Municipality">Null where the place is not decided.</param>
/// <param name="Events">In the order in which they count.</param>
/// <param name="Today">The publication's day: later events are still to come.</param>
internal sealed record OfficeView(
    PublishedOffice Published, Municipality? Municipality, County? County, IReadOnlyList<LifecycleEvent> Events, DateOnly Today)
{
    public Office Office => Published.Office;

    public string Id => Office.Id;

    public string? Status => Published.Status;

    /// <summary>The event that gave the office its status; null where the status is not known.</summary>
    public LifecycleEvent? StatusEvent { get; } =
        Events.LastOrDefault(lifecycleEvent => lifecycleEvent.On <= Today && OfficeStatus.GetStatusAfter(lifecycleEvent.Kind) is not null);

    /// <summary>Whether it is open and its closing is announced or dated.</summary>
    public bool IsClosingAnnounced => Status == "open" && Events.SkipWhile(lifecycleEvent => lifecycleEvent != StatusEvent).Any(lifecycleEvent =>
        lifecycleEvent.Kind == "closingAnnounced" || (lifecycleEvent.On > Today && lifecycleEvent.Kind is "closed" or "temporarilyClosed"));

    /// <summary>Whether it is closed and its reopening is announced or dated.</summary>
    public bool IsReopeningAnnounced => Status is "closed" or "temporarilyClosed" && Events.SkipWhile(lifecycleEvent => lifecycleEvent != StatusEvent).Any(lifecycleEvent =>
        lifecycleEvent.Kind == "reopeningAnnounced" || (lifecycleEvent.On > Today && lifecycleEvent.Kind is "reopened" or "opened"));

    /// <summary>What a search looks in, in lower case: the office's name and those of its places.</summary>
    public string SearchText { get; } = string.Join('\n',
        new[] { Published.Office.Name, Published.Office.Locality, Municipality?.Name, County?.NameSv, County?.NameEn }
            .OfType<string>().Select(text => text.ToLowerInvariant()));

    public bool HasCoordinates => Office is { Latitude: not null, Longitude: not null };
}

/// <summary>The order of the Swedish alphabet, letter case aside: å, ä and ö come last. The machine's cultures may lack it.</summary>
internal sealed class SwedishComparer : IComparer<string?>
{
    public static readonly SwedishComparer Instance = new();

    public int Compare(string? x, string? y) => string.CompareOrdinal(GetSortKey(x), GetSortKey(y));

    private static string GetSortKey(string? name) =>
        string.Concat((name ?? "").ToLowerInvariant().Select(letter => letter switch
        {
            'å' => '\uE001',
            'ä' or 'æ' => '\uE002',
            'ö' or 'ø' => '\uE003',
            'é' or 'è' => 'e',
            'ü' => 'y',
            _ => letter,
        }));
}
