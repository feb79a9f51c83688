namespace ServiceOffices.Web.Portal;

/// <summary>Translates the filters of the portal to OData. The forms contain the same templates, from which the script builds the query.</summary>
internal static class ODataUrlBuilder
{
    public const string ServiceRoot = "/odata/v1/";

    public const string VideoCondition = "videoMeetings eq true";

    public static string FormatStatusCondition(string status) => $"status eq '{status}'";

    public static string FormatCountyCondition(string county) => $"countyCode eq '{county}'";

    public static string FormatAgencyCondition(string agency) => $"services/any(s:s/agency eq '{agency}')";

    /// <summary>Builds the conditions of a filter; empty if there are none.</summary>
    public static string BuildFilter(OfficeFilter filter)
    {
        string?[] conditions =
        [
            filter.Status is { } status ? FormatStatusCondition(status) : null,
            filter.County is { } county ? FormatCountyCondition(county) : null,
            filter.Agency is { } agency ? FormatAgencyCondition(agency) : null,
            filter.VideoOnly ? VideoCondition : null,
        ];
        return string.Join(" and ", conditions.OfType<string>());
    }

    public static string BuildOrderBy(OfficeFilter filter)
    {
        if (filter.Near is { Point: var near })
        {
            return "status eq 'open' desc," + FormatDistance(near.Latitude, near.Longitude);
        }

        var path = OfficeFilter.SortColumns.First(sort => sort.Name == filter.Sort).Path;
        return filter.IsDescending ? path + " desc,name" : path + ",name";
    }

    /// <summary>Builds the expression for the distance of an office from a point.</summary>
    public static string FormatDistance(double latitude, double longitude) =>
        $"geo.distance(location,geography'SRID=4326;POINT({OfficeFilter.FormatCoordinate(longitude)} {OfficeFilter.FormatCoordinate(latitude)})')";

    /// <summary>Builds a URL for a link. Only characters that are not allowed in a query are escaped, so the OData syntax stays readable.</summary>
    public static string BuildUrl(string resource, IEnumerable<string> options) =>
        Escape(ServiceRoot + resource) + "?" + string.Join('&', options.Select(Escape));

    // Characters that RFC 3986, 3.4 allows in a query stay unescaped.
    private static string Escape(string value)
    {
        var escaped = Uri.EscapeDataString(value);
        foreach (var character in "$'()/,:;=@*!")
        {
            escaped = escaped.Replace(Uri.HexEscape(character), character.ToString(), StringComparison.Ordinal);
        }

        return escaped;
    }
}
