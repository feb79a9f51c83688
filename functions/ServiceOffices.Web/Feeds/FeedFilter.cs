using ODataEngine.Model;
using ServiceOffices.Publishing;

namespace ServiceOffices.Web.Feeds;

/// <summary>Which offices a feed tells of; where both are stated, those that fit both.</summary>
/// <param name="County">SCB's two digits; null for every county.</param>
/// <param name="Agency">An agency's id: the offices that help with its errands; null for every office.</param>
public sealed record FeedFilter(string? County = null, string? Agency = null)
{
    /// <summary>Every office.</summary>
    public static readonly FeedFilter None = new();

    public bool IsEmpty => this == None;

    /// <summary>Whether an office of this county that helps with these agencies' errands fits.</summary>
    public bool Matches(string? county, IEnumerable<string> agencies) =>
        (County is null || County == county) && (Agency is null || agencies.Contains(Agency, StringComparer.Ordinal));

    /// <summary>The filter as further query options, each with the ampersand before it; empty for every office.</summary>
    public string QueryString =>
        (County is null ? "" : "&county=" + Uri.EscapeDataString(County)) + (Agency is null ? "" : "&agency=" + Uri.EscapeDataString(Agency));

    /// <summary>The title, then what the feed is limited to: <c>State service offices: changes, Kalmar County</c>.</summary>
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
