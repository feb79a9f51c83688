using ODataEngine.Formats.Geo;
using ODataEngine.Formats.Parquet;
using ODataEngine.Formats.Rdf;
using ODataEngine.Formats.Spreadsheets;

namespace ODataEngine.Formats;

/// <summary>The supported file formats.</summary>
public static class ExportFormats
{
    private const string DefaultServiceRoot = "/odata/v1/";

    /// <summary>Gets all formats, most common first, with unique names. Links in the files are relative to the root of the site that serves them.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = CreateAll(DefaultServiceRoot);

    /// <summary>Gets the formats of query results other than OData JSON, which has the same name and media type as <see cref="JsonFormat"/>.</summary>
    public static IReadOnlyList<ExportFormat> ForQueries { get; } = [.. All.Where(format => format is not JsonFormat)];

    /// <summary>Creates all formats with links to a service.</summary>
    /// <param name="serviceRoot">The root URL of the OData service, with a trailing slash.</param>
    public static IReadOnlyList<ExportFormat> CreateAll(string serviceRoot) =>
    [
        new CsvFormat(), new ExcelCsvFormat(), new XlsxFormat(), new JsonFormat(), new NdjsonFormat(), new ParquetFormat(), new GeoJsonFormat(),
        new GeoPackageFormat(), new KmlFormat(), new CalendarFormat(), new TurtleFormat(serviceRoot), new JsonLdFormat(serviceRoot),
    ];
}
