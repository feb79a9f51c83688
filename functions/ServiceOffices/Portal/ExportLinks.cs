using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>The rows that a page shows, as a query in each format: what is seen can be taken along.</summary>
internal static class ExportLinks
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["csv"] = "CSV", ["excel.csv"] = "CSV (Excel)", ["xlsx"] = "Excel", ["json"] = "JSON", ["ndjson"] = "NDJSON", ["parquet"] = "Parquet",
        ["geojson"] = "GeoJSON", ["gpkg"] = "GeoPackage", ["kml"] = "KML", ["ttl"] = "Turtle", ["jsonld"] = "JSON-LD",
    };

    /// <summary>A format as people call it.</summary>
    private static string Name(string format) => Names.GetValueOrDefault(format, format.ToUpperInvariant());

    public static void Add(Html html, OfficeFilter filter, IReadOnlyList<string> formats)
    {
        html.Add($"""
            <div class="exports" id="exports">
            <p class="exports-title">{new Text("This view as", "Den här vyn som")}</p>
            <ul>
            """);
        foreach (var format in formats)
        {
            html.Add($"<li><a class=\"chip\" href=\"{filter.ODataUrl(format)}\" data-format=\"{format}\" download=\"\">{Name(format)}</a></li>");
        }

        html.Add($"<li><a class=\"chip\" href=\"{filter.ODataUrl()}\" data-format=\"\">OData</a></li>\n</ul>\n</div>");
    }
}
