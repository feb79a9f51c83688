namespace ServiceOffices.Web.Portal;

/// <summary>How the portal's filters are said in OData: the forms carry the same templates, from which the script writes the query.</summary>
internal static class ODataUrlBuilder
{
    public const string ServiceRoot = "/odata/v1/";

    /// <summary>Stands in a template for the reader's own words, in lower case with their quotes doubled.</summary>
    public const string SearchPlaceholder = "{}";

    /// <summary>Of the text that a search looks in, as <see cref="OfficeView.SearchText"/> has it.</summary>
    public static readonly string SearchTemplate = "(" + string.Join(" or ",
        new[] { "name", "locality", "municipality/name", "county/nameSv", "county/nameEn" }.Select(path => $"contains(tolower({path}),'{SearchPlaceholder}')")) + ")";

    public const string VideoCondition = "videoMeetings eq true";

    public static string FormatStatusCondition(string status) => $"status eq '{status}'";

    public static string FormatCountyCondition(string county) => $"countyCode eq '{county}'";

    public static string FormatAgencyCondition(string agency) => $"services/any(s:s/agency eq '{agency}')";

    /// <summary>The filter's conditions, joined; empty where there are none.</summary>
    public static string BuildFilter(OfficeFilter filter)
    {
        string?[] conditions =
        [
            filter.Search == "" ? null : SearchTemplate.Replace(SearchPlaceholder, EscapeQuotes(filter.Search.ToLowerInvariant()), StringComparison.Ordinal),
            filter.Status is { } status ? FormatStatusCondition(status) : null,
            filter.County is { } county ? FormatCountyCondition(county) : null,
            filter.Agency is { } agency ? FormatAgencyCondition(agency) : null,
            filter.VideoOnly ? VideoCondition : null,
        ];
        return string.Join(" and ", conditions.OfType<string>());
    }

    public static string BuildOrderBy(OfficeFilter filter)
    {
        if (filter.Near?.Municipality is { } near)
        {
            return FormatDistance(near.SeatLatitude, near.SeatLongitude);
        }

        var path = OfficeFilter.SortColumns.First(sort => sort.Name == filter.Sort).Path;
        return filter.IsDescending ? path + " desc,name" : path + ",name";
    }

    /// <summary>The distance of an office from a point.</summary>
    public static string FormatDistance(double latitude, double longitude) =>
        $"geo.distance(location,geography'SRID=4326;POINT({OfficeFilter.FormatCoordinate(longitude)} {OfficeFilter.FormatCoordinate(latitude)})')";

    /// <summary>A path that can stand in a link: what a URL may not hold is escaped, what OData reads stays readable.</summary>
    public static string BuildUrl(string resource, IEnumerable<string> options) =>
        Escape(ServiceRoot + resource) + "?" + string.Join('&', options.Select(Escape));

    // Letters, digits and what RFC 3986 lets stand in a query as itself; the first = of an option stays.
    private static string Escape(string value)
    {
        var escaped = Uri.EscapeDataString(value);
        foreach (var mark in "$'()/,:;=@*!")
        {
            escaped = escaped.Replace(Uri.HexEscape(mark), mark.ToString(), StringComparison.Ordinal);
        }

        return escaped;
    }

    private static string EscapeQuotes(string value) => value.Replace("'", "''", StringComparison.Ordinal);
}
