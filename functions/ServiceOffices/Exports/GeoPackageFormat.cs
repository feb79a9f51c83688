using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// An OGC GeoPackage 1.3 (12-128r18) for QGIS and other GIS: one layer of features, its geometry the first geography
/// column. It is a SQLite database, which cannot be written from front to back: it is made in a temporary file and sent.
/// </summary>
public sealed class GeoPackageFormat : ExportFormat
{
    private const int CopyBytes = 64 * 1024;

    public override string Name => "gpkg";

    public override string MediaType => "application/geopackage+sqlite3";

    public override string? GetUnsupportedReason(StructuredType type) => GeographyColumns.GetUnsupportedReason(type, "GeoPackage");

    /// <exception cref="ArgumentException">The rows have no geography property.</exception>
    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        if (GetUnsupportedReason(rows.Table.Type) is { } reason)
        {
            throw new ArgumentException(reason, nameof(rows));
        }

        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            GeoPackageDatabase.Write(path, rows, options, cancellationToken);
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(output, CopyBytes, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
