namespace ServiceOffices.Exports;

/// <summary>The formats that this platform writes.</summary>
public static class ExportFormats
{
    /// <summary>Ordered by what most people open first; the names are unique.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } = [new CsvFormat(), new JsonFormat(), new GeoJsonFormat()];
}
