using ODataEngine.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders links to the query of a page in each format.</summary>
internal static class ExportLinks
{
    private static readonly Dictionary<string, string> FormatNames = new(StringComparer.Ordinal)
    {
        ["csv"] = "CSV", ["excel.csv"] = "CSV (Excel)", ["xlsx"] = "Excel", ["json"] = "JSON", ["ndjson"] = "NDJSON", ["parquet"] = "Parquet",
        ["geojson"] = "GeoJSON", ["gpkg"] = "GeoPackage", ["kml"] = "KML", ["ttl"] = "Turtle", ["jsonld"] = "JSON-LD",
    };

    /// <summary>Gets the display name of a format.</summary>
    private static string GetFormatName(string format) => FormatNames.GetValueOrDefault(format, format.ToUpperInvariant());

    /// <param name="page">The page with the list, whose spreadsheets contain the columns shown; null for all columns in every format.</param>
    public static void Render(HtmlBuilder html, OfficeFilter filter, IReadOnlyList<string> formats, PageUrl? page = null)
    {
        html.AppendLine($"<div class=\"exports\" id=\"exports\">");
        var lists = page is null ? [] : OfficeListFile.Formats.Select(format => format.Name).ToList();
        if (page is not null)
        {
            html.AppendLine($"<p class=\"exports-title\">{new LocalizedString("This view as a file", "Vyn som fil")}</p>\n<ul>");
            foreach (var format in lists)
            {
                var query = filter.ToQueryString();
                html.AppendLine($"<li><a class=\"chip\" href=\"{page}{(query == "" ? "?" : query + "&")}{OfficeListFile.FormatParameter}={format}\" data-list=\"{format}\" download=\"\">{GetFormatName(format)}</a></li>");
            }

            html.AppendLine($"</ul>");
        }

        html.AppendLine($"<p class=\"exports-title\">{(page is null ? new LocalizedString("Get this selection as", "Hämta urvalet som") : new LocalizedString("All columns", "Alla kolumner"))}</p>\n<ul>");
        foreach (var format in formats.Except(lists))
        {
            html.AppendLine($"<li><a class=\"chip\" href=\"{filter.ToODataUrl(format)}\" data-format=\"{format}\" download=\"\">{GetFormatName(format)}</a></li>");
        }

        html.AppendLine($"<li><a class=\"chip\" href=\"{filter.ToODataUrl()}\" data-format=\"\">OData</a></li>\n</ul>\n</div>");
    }
}
