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

    public static void Render(HtmlBuilder html, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        html.AppendLine($"""
            <div class="exports" id="exports">
            <p class="exports-title">{new LocalizedString("Get this selection as", "Hämta urvalet som")}</p>
            <ul>
            """);
        foreach (var format in formats)
        {
            html.AppendLine($"<li><a class=\"chip\" href=\"{filter.ToODataUrl(format)}\" data-format=\"{format}\" download=\"\">{GetFormatName(format)}</a></li>");
        }

        html.AppendLine($"<li><a class=\"chip\" href=\"{filter.ToODataUrl()}\" data-format=\"\">OData</a></li>\n</ul>\n</div>");
    }
}
