using ODataEngine.Formats.Geo;
using ODataEngine.Formats.Parquet;
using ODataEngine.Formats.Rdf;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>A file format for the rows of any table, based on the table's description of its columns.</summary>
public abstract class ExportFormat
{
    /// <summary>Gets the short name, which is also the file extension, such as <c>csv</c>.</summary>
    public abstract string Name { get; }

    public abstract string MediaType { get; }

    /// <summary>True if the format supports column titles in a language; false if it has column names only.</summary>
    public virtual bool HasTitles => false;

    /// <summary>True if the bytes are already compressed, so that a content coding gains nothing.</summary>
    public virtual bool IsCompressed => false;

    /// <summary>Gets the version of the format's content. A higher version has other bytes for the same rows, so files are published again.</summary>
    public virtual int Version => 1;

    /// <summary>Gets the names of the entity sets other than its own whose rows a file of this type depends on.</summary>
    public virtual IEnumerable<string> GetRelatedSets(StructuredType type) => [];

    /// <summary>Gets the reason, in English, why the format does not support rows of this type; null if it does.</summary>
    public virtual string? GetUnsupportedReason(StructuredType type) => null;

    /// <summary>Gets the reason why the format does not support these rows of a supported type, such as their number; null if it does.</summary>
    public virtual string? GetUnsupportedReason(RowSet rows) => null;

    /// <summary>Writes the rows in order. The bytes depend only on the rows and the options.</summary>
    /// <exception cref="ArgumentException">The format does not support the rows; see <see cref="GetUnsupportedReason(StructuredType)"/> and <see cref="GetUnsupportedReason(RowSet)"/>.</exception>
    public abstract Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken);
}

/// <summary>The options of a file other than its rows.</summary>
/// <param name="Name">The name of the rows: the entity set's name, or the last segment of a query's path.</param>
public sealed record ExportOptions(string Name)
{
    /// <summary>The title of the rows; null for <see cref="Name"/>.</summary>
    public LocalizedString? Title { get; init; }

    /// <summary>The language of the column titles; null for column names instead of titles.</summary>
    public Language? Language { get; init; }

    /// <summary>The root URL of the rows' OData service, with a trailing slash; null if unknown.</summary>
    public string? ServiceRoot { get; init; }

    /// <summary>All tables of the rows' revision, from which a format gets its time and related rows; null if the rows have no revision.</summary>
    public TableSet? Tables { get; init; }
}

/// <summary>The supported file formats.</summary>
public static class ExportFormats
{
    private const string DefaultServiceRoot = "/odata/v1/";

    /// <summary>Gets all formats, most common first, with unique names. Links in the files are relative to the root of the site that serves them.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = CreateAll(DefaultServiceRoot);

    /// <summary>Gets the formats of query results other than OData JSON, which has the same name and media type as <see cref="JsonFormat"/>.</summary>
    public static IReadOnlyList<ExportFormat> ForQueries { get; } = CreateForQueries();

    /// <summary>Creates the formats of <see cref="ForQueries"/> with the names of a service's calendars.</summary>
    public static IReadOnlyList<ExportFormat> CreateForQueries(CalendarIdentity? calendar = null) => [.. CreateAll(DefaultServiceRoot, calendar).Where(format => format is not JsonFormat)];

    /// <summary>Creates all formats with links to a service.</summary>
    /// <param name="serviceRoot">The root URL of the OData service, with a trailing slash.</param>
    /// <param name="calendar">The names under which the service publishes its calendars; null for those of this engine.</param>
    public static IReadOnlyList<ExportFormat> CreateAll(string serviceRoot, CalendarIdentity? calendar = null) =>
    [
        new CsvFormat(), new ExcelCsvFormat(), new XlsxFormat(), new JsonFormat(), new NdjsonFormat(), new ParquetFormat(), new GeoJsonFormat(),
        new GeoPackageFormat(), new KmlFormat(), new CalendarFormat(calendar), new TurtleFormat(serviceRoot), new JsonLdFormat(serviceRoot),
    ];
}
