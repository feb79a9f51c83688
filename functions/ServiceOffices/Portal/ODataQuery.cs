namespace ServiceOffices.Portal;

/// <summary>How the portal's filters are said in OData: the forms carry the same templates, from which the script writes the query.</summary>
internal static class ODataQuery
{
    public const string Root = "/odata/v1/";

    /// <summary>Stands in a template for the reader's own words, in lower case with their quotes doubled.</summary>
    public const string Slot = "{}";

    /// <summary>Of the text that a search looks in, as <see cref="OfficeFacts.SearchText"/> has it.</summary>
    public static readonly string SearchTemplate = "(" + string.Join(" or ",
        new[] { "name", "locality", "municipality/name", "county/nameSv", "county/nameEn" }.Select(path => $"contains(tolower({path}),'{Slot}')")) + ")";

    public const string VideoCondition = "videoMeetings eq true";

    public static string StatusCondition(string status) => $"status eq '{status}'";

    public static string CountyCondition(string county) => $"countyCode eq '{county}'";

    public static string AgencyCondition(string agency) => $"services/any(s:s/agency eq '{agency}')";

    /// <summary>The filter's conditions, joined; empty where there are none.</summary>
    public static string Conditions(OfficeFilter filter)
    {
        string?[] conditions =
        [
            filter.Search == "" ? null : SearchTemplate.Replace(Slot, Quoted(filter.Search.ToLowerInvariant()), StringComparison.Ordinal),
            filter.Status is { } status ? StatusCondition(status) : null,
            filter.County is { } county ? CountyCondition(county) : null,
            filter.Agency is { } agency ? AgencyCondition(agency) : null,
            filter.Video ? VideoCondition : null,
        ];
        return string.Join(" and ", conditions.OfType<string>());
    }

    public static string Order(OfficeFilter filter)
    {
        if (filter.Near?.Municipality is { } near)
        {
            return Distance(near.SeatLatitude, near.SeatLongitude);
        }

        var path = OfficeFilter.Sorts.First(sort => sort.Name == filter.Sort).Path;
        return filter.Descending ? path + " desc,name" : path + ",name";
    }

    /// <summary>The distance of an office from a point.</summary>
    public static string Distance(double latitude, double longitude) =>
        $"geo.distance(location,geography'SRID=4326;POINT({OfficeFilter.Coordinate(longitude)} {OfficeFilter.Coordinate(latitude)})')";

    /// <summary>A path that can stand in a link: what a URL may not hold is escaped, what OData reads stays readable.</summary>
    public static string Url(string resource, IEnumerable<string> options) =>
        Escaped(Root + resource) + "?" + string.Join('&', options.Select(Escaped));

    // Letters, digits and what RFC 3986 lets stand in a query as itself; the first = of an option stays.
    private static string Escaped(string text)
    {
        var escaped = Uri.EscapeDataString(text);
        foreach (var mark in "$'()/,:;=@*!")
        {
            escaped = escaped.Replace(Uri.HexEscape(mark), mark.ToString(), StringComparison.Ordinal);
        }

        return escaped;
    }

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
