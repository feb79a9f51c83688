using System.Globalization;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Which offices a page shows and in what order, as its address says: the same for the page, the map and the query.</summary>
internal sealed record OfficeFilter
{
    public const string SearchName = "q";
    public const string StatusName = "status";
    public const string CountyName = "county";
    public const string AgencyName = "agency";
    public const string VideoName = "video";
    public const string NearName = "near";
    public const string SortName = "sort";
    public const string OrderName = "order";

    private const string DefaultSort = "status";

    /// <summary>The columns that a table can be sorted by, each with its OData path.</summary>
    public static readonly IReadOnlyList<(string Name, string Path)> Sorts =
        [("name", "name"), ("status", "status"), ("municipality", "municipality/name"), ("county", "county/nameSv")];

    public string Search { get; init; } = "";

    public string? Status { get; init; }

    public string? County { get; init; }

    public string? Agency { get; init; }

    public bool Video { get; init; }

    /// <summary>The municipality from whose seat distances are measured and shown, nearest first.</summary>
    public PublishedMunicipality? Near { get; init; }

    // What is open comes first: that is what most people look for.
    public string Sort { get; init; } = DefaultSort;

    public bool Descending { get; init; }

    /// <summary>What the address says and no list holds, such as <c>status=shut</c>: shown to the reader, not passed over.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public bool IsNone => Search == "" && Status is null && County is null && Agency is null && !Video && Near is null;

    public static OfficeFilter Parse(IReadOnlyDictionary<string, string> query, Network network)
    {
        var unknown = new List<string>();
        var reference = network.Publication.Register.Reference;
        return new OfficeFilter
        {
            Search = Value(SearchName)?.Trim() ?? "",
            Status = OneOf(StatusName, Codes.Status.Contains),
            County = OneOf(CountyName, code => reference.Counties.Any(county => county.Code == code)),
            Agency = OneOf(AgencyName, id => reference.Agencies.Any(agency => agency.Id == id)),
            Video = OneOf(VideoName, value => value is "true") is not null,
            Near = network.Municipality(OneOf(NearName, code => network.Municipality(code) is not null)),
            Sort = OneOf(SortName, name => Sorts.Any(sort => sort.Name == name)) ?? DefaultSort,
            Descending = OneOf(OrderName, value => value is "desc" or "asc") is "desc",
            Unknown = unknown,
        };

        string? Value(string name) => query.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

        string? OneOf(string name, Func<string, bool> isKnown)
        {
            if (Value(name) is not { } value || isKnown(value))
            {
                return Value(name);
            }

            unknown.Add($"{name}={value}");
            return null;
        }
    }

    public bool Matches(OfficeFacts office) =>
        office.SearchText.Contains(Search.ToLowerInvariant(), StringComparison.Ordinal)
        && (Status is null || office.Status == Status)
        && (County is null || office.Published.CountyCode == County)
        && (Agency is null || office.Published.Agencies.Contains(Agency, StringComparer.Ordinal))
        && (!Video || office.Office.VideoMeetings == true);

    /// <summary>All offices in the filter's order, those that do not match too.</summary>
    /// <param name="offices">Ordered by name.</param>
    public IEnumerable<OfficeFacts> Order(IEnumerable<OfficeFacts> offices)
    {
        if (Near is not null)
        {
            return offices.OrderBy(office => DistanceKm(office) ?? double.MaxValue);
        }

        return Sort switch
        {
            "status" => By(office => MapPlace.Rank(office.Status), Comparer<int>.Default),
            "municipality" => By(office => office.Municipality?.Name, SwedishOrder.Comparer),
            "county" => By(office => office.County?.NameSv, SwedishOrder.Comparer),
            _ => By(office => office.Office.Name, SwedishOrder.Comparer),
        };

        // Equals stay in the order of their names, whichever way the column is turned.
        IEnumerable<OfficeFacts> By<T>(Func<OfficeFacts, T> key, IComparer<T> comparer) =>
            Descending ? offices.OrderByDescending(key, comparer) : offices.OrderBy(key, comparer);
    }

    /// <summary>From the seat of <see cref="Near"/> along the ellipsoid; null without it or without the office's place.</summary>
    public double? DistanceKm(OfficeFacts office) =>
        Near?.Municipality is { } from && office.Office is { Latitude: { } latitude, Longitude: { } longitude }
            ? Geodesy.DistanceMetres(new(from.SeatLongitude, from.SeatLatitude), new(longitude, latitude)) / 1000
            : null;

    /// <summary>What follows the question mark of a page with this filter, or nothing.</summary>
    public string Query(string? sort = null, bool? descending = null)
    {
        (string Name, string? Value)[] parts =
        [
            (SearchName, Search),
            (StatusName, Status),
            (CountyName, County),
            (AgencyName, Agency),
            (VideoName, Video ? "true" : null),
            (NearName, Near?.Municipality.Code),
            (SortName, (sort ?? Sort) is DefaultSort ? null : sort ?? Sort),
            (OrderName, descending ?? Descending ? "desc" : null),
        ];
        var stated = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        return string.Join('&', stated) is { Length: > 0 } text ? "?" + text : "";
    }

    /// <summary>The query whose answer is what the page shows.</summary>
    /// <param name="format">A file format's name; null for OData's own JSON.</param>
    public string ODataUrl(string? format = null)
    {
        var conditions = ODataQuery.Conditions(this);
        var options = new List<string>();
        if (conditions != "")
        {
            options.Add("$filter=" + conditions);
        }

        options.Add("$orderby=" + ODataQuery.Order(this));
        if (format is not null)
        {
            options.Add("$format=" + format);
        }

        return ODataQuery.Url(OfficeColumns.Set, options);
    }

    internal static string Coordinate(double degrees) => degrees.ToString(CultureInfo.InvariantCulture);
}
