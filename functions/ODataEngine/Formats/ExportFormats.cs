using ODataEngine.Formats.Geo;
using ODataEngine.Formats.Parquet;
using ODataEngine.Formats.Rdf;
using ODataEngine.Formats.Spreadsheets;

namespace ODataEngine.Formats;

/// <summary>The formats that this platform writes.</summary>
public static class ExportFormats
{
    private const string DefaultServiceRoot = "/odata/v1/";

    /// <summary>Ordered by what most people open first; the names are unique. Links in them lead from the root of wherever a file is read.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = CreateAll(DefaultServiceRoot);

    /// <summary>Those that an OData query's result can be had in besides OData's own JSON, which has the name and the media type of the plain one.</summary>
    public static IReadOnlyList<ExportFormat> ForQueries { get; } = [.. All.Where(format => format is not JsonFormat)];

    /// <summary>All of them, with links to a service of a known address.</summary>
    /// <param name="serviceRoot">The address of the OData service, with a closing slash.</param>
    public static IReadOnlyList<ExportFormat> CreateAll(string serviceRoot) =>
    [
        new CsvFormat(), new ExcelCsvFormat(), new XlsxFormat(), new JsonFormat(), new NdjsonFormat(), new ParquetFormat(), new GeoJsonFormat(),
        new GeoPackageFormat(), new KmlFormat(), new CalendarFormat(), new TurtleFormat(serviceRoot), new JsonLdFormat(serviceRoot),
    ];
}
