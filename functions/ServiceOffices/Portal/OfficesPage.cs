using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Every office in a table that can be narrowed, sorted, shared by its address and taken along in any format.</summary>
internal static class OfficesPage
{
    private static readonly Text Heading = new("All offices", "Alla kontor");

    private static readonly Text Description = new(
        "Sweden's state service offices in a table to search, sort and download.", "Statens servicekontor i en tabell att söka i, sortera och ladda ner.");

    public static Page Of(Network network, OfficeFilter filter, IReadOnlyList<string> formats) =>
        new(Heading, Description, ["finder.js"], html => Write(html, network, filter, formats));

    private static void Write(Html html, Network network, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        var page = new PageAddress(PageKind.Offices, html.Language);
        html.Add($"<div class=\"band\">\n<h1>{Heading}</h1>");
        if (filter.Unknown.Count > 0)
        {
            html.Add($"<p class=\"notice\">{new Text("Not known and not used in the search:", "Okänt och inte med i sökningen:")} {string.Join(", ", filter.Unknown)}</p>");
        }

        OfficeForm.Add(html, filter, network, page, isOpen: false);
        html.Add($"<div class=\"results-head\">");
        AddCount(html, network.Offices.Count(filter.Matches), network.Offices.Count);
        ExportLinks.Add(html, filter, formats);
        html.Add($"</div>");
        OfficeTable.Add(html, filter, network, page);
        html.Add($"</div>");
    }

    /// <summary>How many are shown of how many, and what to do where none is.</summary>
    public static void AddCount(Html html, int found, int all)
    {
        html.Add($"""
            <div class="count">
            <p role="status"><strong id="count">{found}</strong> {new Text($"of {all} offices", $"av {all} kontor")}</p>
            <p class="empty" id="empty"{found > 0:hidden}>{new Text("No office fits. Try fewer words, or choose a municipality under “Distance from” to see which office is nearest.", "Inget kontor passar. Pröva färre ord, eller välj en kommun under ”Avstånd från” för att se vilket kontor som ligger närmast.")}</p>
            </div>
            """);
    }
}
