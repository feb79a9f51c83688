using ODataEngine.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the answer to a search: the nearest open office of a municipality without one, or similar names if nothing is found.</summary>
internal static class SearchAnswer
{
    /// <param name="found">Number of offices that match the filter.</param>
    public static void Render(HtmlBuilder html, OfficeFilter filter, PublicationView view, PageUrl page, int found)
    {
        // The script hides the answer as soon as the search changes.
        if (filter.Terms.Municipality is { OfficesOpen: 0, NearestOpenOfficeId: { } id, DistanceToNearestOpenOfficeKm: { } distance } municipality
            && view.FindOffice(id) is { } nearest)
        {
            html.AppendLine($"<p class=\"notice\" id=\"answer\" data-search=\"{filter.Search}\">{FormatMunicipality(municipality)} <a href=\"{new PageUrl(PageKind.Office, html.Language, id)}\">{nearest.Office.Name}</a>, {FormatDistance(distance)}. {new LocalizedString("There may be a nearer office, because the register does not contain all offices.", "Det kan finnas ett närmare kontor, eftersom registret inte innehåller alla kontor.")}</p>");
        }
        else if (GetSuggestions(filter, view, found) is { Count: > 0 } suggestions)
        {
            html.AppendLine($"<p class=\"notice\" id=\"answer\" data-search=\"{filter.Search}\">{new LocalizedString("Did you mean", "Menade du")}");
            for (var i = 0; i < suggestions.Count; i++)
            {
                var link = page + (filter with { Search = suggestions[i] }).ToQueryString();
                html.AppendLine($"<a href=\"{link}\">{suggestions[i]}</a>{(i == suggestions.Count - 1 ? "?" : ",")}");
            }

            html.AppendLine($"</p>");
        }
    }

    private static IReadOnlyList<string> GetSuggestions(OfficeFilter filter, PublicationView view, int found) => filter.Terms switch
    {
        { OtherSpelling: { } name } => [name],
        { Words.Count: > 0 } when found == 0 => SearchSuggestions.Find(filter.Terms, view),
        _ => [],
    };

    private static LocalizedString FormatMunicipality(PublishedMunicipality municipality) => new(
        $"No office in the municipality of {municipality.Municipality.Name} is known to be open. The nearest known open office is",
        $"Inget kontor i {municipality.Municipality.OfficialName} är känt som öppet. Det närmaste kända öppna kontoret är");

    private static LocalizedString FormatDistance(double kilometres) => LabelFormatter.FormatKilometres(kilometres) is var text
        ? new($"at most {text.En} in a straight line from the main town", $"högst {text.Sv} fågelvägen från centralorten") : text;
}
