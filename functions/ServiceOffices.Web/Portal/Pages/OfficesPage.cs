using ODataEngine.Model;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The page with all offices in a table that can be filtered, sorted, shared and downloaded.</summary>
internal static class OfficesPage
{
    private static readonly LocalizedString Heading = new("All offices", "Alla kontor");

    private static readonly LocalizedString Description = new(
        "A table of Sweden's state service offices that you can search, sort and download.", "En tabell över statens servicekontor som du kan söka i, sortera och ladda ner.");

    public static PortalPage Create(PublicationView view, OfficeFilter filter, IReadOnlyList<string> formats) =>
        new(Heading, Description, ["finder.js"], html => RenderBody(html, view, filter, formats));

    private static void RenderBody(HtmlBuilder html, PublicationView view, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        var page = new PageUrl(PageKind.Offices, html.Language);
        html.AppendLine($"<div class=\"band\">\n<h1>{Heading}</h1>");
        if (filter.UnknownParameters.Count > 0)
        {
            html.AppendLine($"<p class=\"notice\">{new LocalizedString("These search criteria are not valid and were ignored:", "Dessa sökvillkor är ogiltiga och har inte använts:")} {string.Join(", ", filter.UnknownParameters)}</p>");
        }

        if (filter.IsSearchTruncated)
        {
            html.AppendLine($"<p class=\"notice\">{new LocalizedString($"The search text is too long. Only its first {SearchWords.MaxLength} characters were used.", $"Söktexten är för lång. Bara de första {SearchWords.MaxLength} tecknen har använts.")}</p>");
        }

        OfficeFilterForm.Render(html, filter, view, page, isOpen: false);
        html.AppendLine($"<div class=\"results-head\">");
        var found = view.Offices.Count(filter.Matches);
        RenderCount(html, found, view.Offices.Count);
        html.AppendLine($"<p><a href=\"#exports\">{new LocalizedString("Get this view as a file", "Hämta vyn som fil")}</a></p>\n</div>");
        SearchAnswer.Render(html, filter, view, page, found);
        OfficeTable.Render(html, filter, view, page);
        // Below the table, so that a phone shows the first result without scrolling.
        ExportLinks.Render(html, filter, formats, page);
        html.AppendLine($"</div>");
    }

    /// <summary>Renders the number of matching offices, and a hint if there are none.</summary>
    public static void RenderCount(HtmlBuilder html, int found, int total)
    {
        html.AppendLine($"""
            <div class="count">
            <p role="status"><strong id="count">{found}</strong> {new LocalizedString($"of {total} offices", $"av {total} kontor")}</p>
            <p class="empty" id="empty"{found > 0:hidden}>{new LocalizedString("No offices match your search. Select “Show” to see similar names or the nearest office of a municipality, or use fewer words.", "Inga kontor matchar sökningen. Välj ”Visa” för att se liknande namn eller det närmaste kontoret för en kommun, eller använd färre ord.")}</p>
            </div>
            """);
    }
}
