using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>The formats that this platform writes.</summary>
public static class ExportFormats
{
    /// <summary>Ordered by what most people open first; the names are unique.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = 
    [
        new CsvFormat(), new ExcelCsvFormat(), new XlsxFormat(), new JsonFormat(), new NdjsonFormat(), new ParquetFormat(), new GeoJsonFormat(),
        new GeoPackageFormat(), new KmlFormat(),
    ];

    /// <summary>Those that an OData query's result can be had in besides OData's own JSON, which has the name and the media type of the plain one.</summary>
    public static IReadOnlyList<ExportFormat> OfQueries { get; } = [.. All.Where(format => format is not JsonFormat)];
}
