using ODataEngine.Model;
using ServiceOffices.Publishing;

namespace ServiceOffices.Web.Feeds;

/// <summary>The filter of a feed by county and agency; an office must match both if both are set.</summary>
/// <param name="County">The county's two-digit SCB code; null for every county.</param>
/// <param name="Agency">The id of an agency whose services the offices offer; null for every agency.</param>
public sealed record FeedFilter(string? County = null, string? Agency = null)
{
    /// <summary>The filter that matches every office.</summary>
    public static readonly FeedFilter None = new();

    public bool IsEmpty => this == None;

    /// <summary>Determines whether an office with this county and these agencies matches.</summary>
    public bool Matches(string? county, IEnumerable<string> agencies) =>
        (County is null || County == county) && (Agency is null || agencies.Contains(Agency, StringComparer.Ordinal));

    /// <summary>Gets the filter as additional query parameters, each with a leading ampersand; empty if there is no filter.</summary>
    public string QueryString =>
        (County is null ? "" : "&county=" + Uri.EscapeDataString(County)) + (Agency is null ? "" : "&agency=" + Uri.EscapeDataString(Agency));

    /// <summary>Formats the title with the names of the county and the agency, such as <c>State service offices: changes, Kalmar County</c>.</summary>
    internal string FormatTitle(LocalizedString title, Publication publication, Language language)
    {
        var reference = publication.Register.Reference;
        var county = reference.Counties.FirstOrDefault(county => county.Code == County);
        var agency = reference.Agencies.FirstOrDefault(agency => agency.Id == Agency);
        string?[] parts =
        [
            language.Localize(title),
            county is null ? County : language.Localize(new LocalizedString(county.NameEn, county.NameSv)),
            agency is null ? Agency : language.Localize(new LocalizedString(agency.NameEn, agency.NameSv)),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }
}
