using System.Globalization;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Portal;

/// <summary>The filter and order of offices from the URL of a page, used for the table, the map and the OData query.</summary>
internal sealed record OfficeFilter
{
    public const string SearchParameter = "q";
    public const string StatusParameter = "status";
    public const string CountyParameter = "county";
    public const string AgencyParameter = "agency";
    public const string VideoParameter = "video";
    public const string NearParameter = "near";
    public const string SortParameter = "sort";
    public const string OrderParameter = "order";

    private const string DefaultSort = "status";

    /// <summary>The sortable columns with their OData paths.</summary>
    public static readonly IReadOnlyList<(string Name, string Path)> SortColumns =
        [("name", "name"), ("status", "status"), ("municipality", "municipality/name"), ("county", "county/nameSv")];

    public string Search { get; init; } = "";

    /// <summary>The words of <see cref="Search"/>.</summary>
    public OfficeSearch Terms { get; init; } = OfficeSearch.Empty;

    /// <summary>True if the search text was longer than <see cref="SearchWords.MaxLength"/> and its end is not used.</summary>
    public bool IsSearchTruncated { get; init; }

    public string? Status { get; init; }

    public string? County { get; init; }

    public string? Agency { get; init; }

    public bool VideoOnly { get; init; }

    /// <summary>The place from which distances are measured; open offices then come first, ordered by distance, then all others.</summary>
    public StartingPoint? Near { get; init; }

    // Open offices come first, because most visitors look for them.
    public string Sort { get; init; } = DefaultSort;

    public bool IsDescending { get; init; }

    /// <summary>Parameters with unknown values, such as <c>status=shut</c>, which the page shows to the reader.</summary>
    public IReadOnlyList<string> UnknownParameters { get; init; } = [];

    public bool IsEmpty => Search == "" && Status is null && County is null && Agency is null && !VideoOnly && Near is null;

    public static OfficeFilter Parse(IReadOnlyDictionary<string, string> query, PublicationView view)
    {
        var unknown = new List<string>();
        var reference = view.Publication.Register.Reference;
        var text = ComposedText.Compose(GetValue(SearchParameter)?.Trim() ?? "");
        var search = SearchWords.Truncate(text);
        _ = GetKnownValue(OfficeListFile.FormatParameter, name => OfficeListFile.FindFormat(name) is not null);
        return new OfficeFilter
        {
            Search = search,
            Terms = OfficeSearch.Create(search, view),
            IsSearchTruncated = search.Length < text.Length,
            Status = GetKnownValue(StatusParameter, Codes.Status.Contains),
            County = GetKnownValue(CountyParameter, code => reference.Counties.Any(county => county.Code == code)),
            Agency = GetKnownValue(AgencyParameter, id => reference.Agencies.Any(agency => agency.Id == id)),
            VideoOnly = GetKnownValue(VideoParameter, value => value is "true") is not null,
            Near = GetKnownValue(NearParameter, place => StartingPoint.Find(place, view) is not null) is { } near ? StartingPoint.Find(near, view) : null,
            Sort = GetKnownValue(SortParameter, name => SortColumns.Any(sort => sort.Name == name)) ?? DefaultSort,
            IsDescending = GetKnownValue(OrderParameter, value => value is "desc" or "asc") is "desc",
            UnknownParameters = unknown,
        };

        string? GetValue(string name) => query.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

        string? GetKnownValue(string name, Func<string, bool> isKnown)
        {
            if (GetValue(name) is not { } value || isKnown(value))
            {
                return GetValue(name);
            }

            unknown.Add($"{name}={SearchWords.Truncate(value)}");
            return null;
        }
    }

    public bool Matches(OfficeView office) =>
        Terms.Matches(office)
        && (Status is null || office.Status == Status)
        && (County is null || office.Published.CountyCode == County)
        && (Agency is null || office.Published.Agencies.Contains(Agency, StringComparer.Ordinal))
        && (!VideoOnly || office.Office.VideoMeetings == true);

    /// <summary>Orders all offices, including those that do not match.</summary>
    /// <param name="offices">Ordered by name.</param>
    public IEnumerable<OfficeView> OrderOffices(IEnumerable<OfficeView> offices)
    {
        if (Near is not null)
        {
            return offices.OrderBy(office => office.Status != OfficeStatus.Open).ThenBy(office => GetDistanceKm(office) ?? double.MaxValue);
        }

        return Sort switch
        {
            // Offices whose own name or place matches come before those whose county, address or agency matches.
            "status" when !IsDescending && Terms.Words.Count > 0 => offices.OrderBy(office => !Terms.MatchesPlace(office)).ThenBy(office => MapMarker.GetStatusRank(office.Status)),
            "status" => SortBy(office => MapMarker.GetStatusRank(office.Status), Comparer<int>.Default),
            "municipality" => SortBy(office => office.Municipality?.Name, SwedishCollation.Comparer),
            "county" => SortBy(office => office.County?.NameSv, SwedishCollation.Comparer),
            _ => SortBy(office => office.Office.Name, SwedishCollation.Comparer),
        };

        // Offices with equal values are ordered by name in both directions.
        IEnumerable<OfficeView> SortBy<T>(Func<OfficeView, T> key, IComparer<T> comparer) =>
            IsDescending ? offices.OrderByDescending(key, comparer) : offices.OrderBy(key, comparer);
    }

    /// <summary>Gets the distance from <see cref="Near"/> along the ellipsoid; null without <see cref="Near"/> or a position.</summary>
    public double? GetDistanceKm(OfficeView office) =>
        Near is { Point: var from } && office.Point is { } point
            ? Geodesy.GetDistanceMetres(from, point) / 1000
            : null;

    /// <summary>Gets the query string of a page with this filter, including the question mark, or an empty string.</summary>
    public string ToQueryString(string? sort = null, bool? descending = null)
    {
        (string Name, string? Value)[] parts =
        [
            (SearchParameter, Search),
            (StatusParameter, Status),
            (CountyParameter, County),
            (AgencyParameter, Agency),
            (VideoParameter, VideoOnly ? "true" : null),
            (NearParameter, Near?.Name),
            (SortParameter, (sort ?? Sort) is DefaultSort ? null : sort ?? Sort),
            (OrderParameter, descending ?? IsDescending ? "desc" : null),
        ];
        var parameters = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        return string.Join('&', parameters) is { Length: > 0 } text ? "?" + text : "";
    }

    /// <summary>Gets the URL of the OData query that returns what the page shows.</summary>
    /// <param name="format">The name of a file format; null for OData JSON.</param>
    public string ToODataUrl(string? format = null)
    {
        var conditions = ODataUrlBuilder.BuildFilter(this);
        var options = new List<string>();
        if (conditions != "")
        {
            options.Add("$filter=" + conditions);
        }

        if (Terms.ToSearchExpression() is { } search)
        {
            options.Add("$search=" + search);
        }

        options.Add("$orderby=" + ODataUrlBuilder.BuildOrderBy(this));
        if (format is not null)
        {
            options.Add("$format=" + format);
        }

        return ODataUrlBuilder.BuildUrl(OfficeSchema.SetName, options);
    }

    internal static string FormatCoordinate(double degrees) => degrees.ToString(CultureInfo.InvariantCulture);
}
