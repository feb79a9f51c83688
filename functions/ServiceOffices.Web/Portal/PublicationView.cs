using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal;

/// <summary>Data of a publication that the pages share, computed once.</summary>
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
                    [.. register.Reference.Agencies.Where(agency => office.Agencies.Contains(agency.Id, StringComparer.Ordinal))],
                    [.. events[office.Office.Id]],
                    Today))
                .OrderBy(office => office.Office.Name, SwedishCollation.Comparer)
                .ThenBy(office => office.Id, StringComparer.Ordinal),
        ];
        Municipalities = [.. register.Municipalities.OrderBy(item => item.Municipality.Name, SwedishCollation.Comparer)];
        Counties = [.. register.Reference.Counties.OrderBy(county => county.NameSv, SwedishCollation.Comparer)];
        officesById = Offices.ToDictionary(office => office.Id, StringComparer.Ordinal);
        Coverage = PublishedTables.GetCoverage(register);
    }

    public Publication Publication { get; }

    /// <summary>Date of the publication in Swedish local time.</summary>
    public DateOnly Today { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<OfficeView> Offices { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<PublishedMunicipality> Municipalities { get; }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<County> Counties { get; }

    /// <summary>Markers of the map of the country; offices whose markers would overlap have one.</summary>
    public IReadOnlyList<MarkerCluster> Clusters => field ??= MapView.Country.GetClusters(Offices);

    /// <summary>The places from which distances can be measured.</summary>
    public IReadOnlyList<StartingPoint> Places => field ??= StartingPoint.GetAll(this);

    /// <summary>The coverage of the whole country, then of each county.</summary>
    public IReadOnlyList<Coverage> Coverage { get; }

    /// <summary>The latest official number of offices; null if no source states one.</summary>
    public NetworkCount? LatestOfficialCount => Publication.Register.Reference.NetworkCounts.MaxBy(count => count.On);

    /// <summary>Files of the publication.</summary>
    public IReadOnlyList<PublishedFile> Files => Publication.Files;

    /// <summary>Past events whose source is dated, the latest first. The date of an undated source is the day on which it was read.</summary>
    public IEnumerable<LifecycleEvent> PastEvents => Offices
        .SelectMany(office => office.Events)
        .Where(lifecycleEvent => lifecycleEvent.On <= Today && lifecycleEvent.Precision != DatePrecision.Undated)
        .OrderDescending(OfficeStatus.ChronologicalOrder);

    public OfficeView? FindOffice(string id) => officesById.GetValueOrDefault(id);

    /// <summary>Finds the office whose id differs from a text only by the case of letters; null if there is none.</summary>
    public OfficeView? FindOfficeIgnoringCase(string id) => Offices.FirstOrDefault(office => office.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the agency with an id; null if there is none.</summary>
    public Agency? FindAgency(string id) => Publication.Register.Reference.Agencies.FirstOrDefault(agency => agency.Id == id);

    /// <summary>Finds the open office that is nearest to another office, and its distance along the ellipsoid; null if the position is not known or no other office is open.</summary>
    public (OfficeView Office, double Kilometres)? FindNearestOpen(OfficeView from) => from.Point is { } start
        ? Offices.Where(office => office.Status == OfficeStatus.Open && office.Id != from.Id && office.HasCoordinates)
            .Select(office => ((OfficeView, double)?)(office, Geodesy.GetDistanceMetres(start, office.Point!.Value) / 1000)).MinBy(found => found!.Value.Item2)
        : null;

    public int CountByStatus(string? status) => Offices.Count(office => office.Status == status);

    public PublishedMunicipality? FindMunicipality(string? code) => Municipalities.FirstOrDefault(item => item.Municipality.Code == code);
}

/// <summary>The order of statuses on maps and in tables.</summary>
internal static class MapMarker
{
    // Open offices first, because most visitors look for them.
    private static readonly string[] StatusOrder = [OfficeStatus.Open, OfficeStatus.TemporarilyClosed, OfficeStatus.Planned, OfficeStatus.Proposed, OfficeStatus.Closed, OfficeStatus.Withdrawn, OfficeStatus.Unknown];

    /// <summary>Gets the rank of a status: open, temporarily closed, planned, proposed, closed, withdrawn, unknown, none.</summary>
    public static int GetStatusRank(string? status) => Array.IndexOf(StatusOrder, status) is >= 0 and var rank ? rank : StatusOrder.Length;
}

/// <summary>An office with the data that the pages show.</summary>
/// <param name="Municipality">Null if the location is not decided.</param>
/// <param name="Agencies">The agencies whose services the office helps with.</param>
/// <param name="Events">In chronological order.</param>
/// <param name="Today">The date of the publication; later events are upcoming.</param>
internal sealed record OfficeView(
    PublishedOffice Published, Municipality? Municipality, County? County, IReadOnlyList<Agency> Agencies, IReadOnlyList<LifecycleEvent> Events, DateOnly Today)
{
    public Office Office => Published.Office;

    public string Id => Office.Id;

    public string? Status => Published.Status;

    /// <summary>The latest event; null if there is none up to today.</summary>
    public LifecycleEvent? LatestEvent { get; } = Events.LastOrDefault(lifecycleEvent => lifecycleEvent.On <= Today);

    /// <summary>The event that determines the status; null if the status is unknown.</summary>
    public LifecycleEvent? StatusEvent { get; } = Published.Status == OfficeStatus.Unknown ? null : Events.LastOrDefault(lifecycleEvent => lifecycleEvent.On <= Today && OfficeStatus.GetStatusAfter(lifecycleEvent.Kind) is not null);

    /// <summary>True if the office is open and its closing is announced or dated.</summary>
    public bool IsClosingAnnounced => Status == OfficeStatus.Open && Announcement is not null;

    /// <summary>True if the office is closed and its reopening is announced or dated.</summary>
    public bool IsReopeningAnnounced => Status is OfficeStatus.Closed or OfficeStatus.TemporarilyClosed && Announcement is not null;

    /// <summary>The upcoming closing of an open office or reopening of a closed one, otherwise the event that announces it; null if there is neither.</summary>
    public LifecycleEvent? Announcement => Status switch
    {
        OfficeStatus.Open => FindAnnouncement(EventKind.ClosingAnnounced, EventKind.Closed, EventKind.TemporarilyClosed),
        OfficeStatus.Closed or OfficeStatus.TemporarilyClosed => FindAnnouncement(EventKind.ReopeningAnnounced, EventKind.Reopened, EventKind.Opened),
        _ => null,
    };

    /// <summary>The folded names of the office and its place.</summary>
    public string PlaceText { get; } = FoldAll([Published.Office.Name, Published.Office.Locality, .. Published.Office.VulnerableAreas, Municipality?.Name]);

    /// <summary>The other folded strings that are searched: address, county and agencies.</summary>
    public string DetailText { get; } = FoldAll(
    [
        Published.Office.Address?.Street, Published.Office.Address?.PostalCode, Published.Office.Address?.City, County?.NameSv, County?.NameEn,
        .. Agencies.SelectMany(agency => new[] { agency.NameSv, agency.NameEn, agency.ShortName }),
    ]);

    /// <summary>All folded strings that are searched: the same as by <c>$search</c>.</summary>
    public string SearchText => field ??= PlaceText + "\n" + DetailText;

    public bool HasCoordinates => Point is not null;

    /// <summary>The position; null if it is not known.</summary>
    public GeoPoint? Point => Office is { Latitude: { } latitude, Longitude: { } longitude } ? new(longitude, latitude) : null;

    private LifecycleEvent? FindAnnouncement(string announced, params ReadOnlySpan<string> upcoming)
    {
        LifecycleEvent? announcement = null;
        foreach (var lifecycleEvent in Events.SkipWhile(lifecycleEvent => lifecycleEvent != StatusEvent))
        {
            if (lifecycleEvent.On > Today && upcoming.Contains(lifecycleEvent.Kind))
            {
                return lifecycleEvent;
            }

            announcement = lifecycleEvent.Kind == announced ? lifecycleEvent : announcement;
        }

        return announcement;
    }

    // No word contains a line break, so no word matches across two strings.
    private static string FoldAll(IEnumerable<string?> texts) => string.Join('\n', texts.OfType<string>().Select(SearchFolding.Fold));
}
