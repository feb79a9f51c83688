using System.Globalization;
using Microsoft.Data.Sqlite;
using ODataEngine.Model;

namespace ODataEngine.Formats.Geo;

/// <summary>Creates the database of a GeoPackage: the tables that OGC 12-128r18 requires, and one table of features.</summary>
internal static class GeoPackageDatabase
{
    private const int Wgs84 = 4326;
    private const int CancellationCheckInterval = 1000;

    // Fixed, so that the same rows give the same bytes. The file needs no journal: nothing reads it before it is complete.
    private const string Pragmas = """
        PRAGMA page_size = 4096;
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA application_id = 0x47504B47;
        PRAGMA user_version = 10300;
        """;

    // 12-128r18, 1.1.2, 1.1.3 and 2.1.5. It prescribes the strings of the reference systems.
    private const string SchemaSql = """
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system');
        INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
        INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
        """;

    public static void Write(string path, RowSet rows, ExportOptions options, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, Pragmas);
        using var transaction = connection.BeginTransaction();
        Execute(connection, SchemaSql);
        var geographyColumn = rows.Table[GeographyColumns.FindProperty(rows.Table.Type)!];
        GeoPackageColumn[] columns = [.. GeoPackageColumn.FromTable(rows.Table, geographyColumn)];
        var (name, geometry) = (options.Name, columns.Single(column => column.Column == geographyColumn));
        Execute(connection, $"CREATE TABLE {QuoteIdentifier(name)} ({string.Join(", ", columns.Select(column => $"{QuoteIdentifier(column.Name)} {column.Type}").Prepend($"{QuoteIdentifier(GetKeyColumnName(columns))} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"))})");
        InsertContents(connection, rows, name, geometry);
        InsertRows(connection, rows.Rows.Span, name, columns, cancellationToken);
        transaction.Commit();
    }

    private static void InsertContents(SqliteConnection connection, RowSet rows, string name, GeoPackageColumn geometry)
    {
        var extent = GeoPackageColumn.GetExtent(geometry.Column, rows.Rows.Span);

        // A fixed time of the last change: the time of writing would make the file irreproducible.
        Execute(
            connection,
            $"INSERT INTO gpkg_contents VALUES ($name, 'features', $name, '', '1970-01-01T00:00:00.000Z', $minX, $minY, $maxX, $maxY, {Wgs84})",
            ("$name", name), ("$minX", extent?.MinX), ("$minY", extent?.MinY), ("$maxX", extent?.MaxX), ("$maxY", extent?.MaxY));
        Execute(
            connection,
            $"INSERT INTO gpkg_geometry_columns VALUES ($name, $column, $type, {Wgs84}, 0, 0)",
            ("$name", name), ("$column", geometry.Name), ("$type", geometry.Type));
    }

    private static void InsertRows(SqliteConnection connection, ReadOnlySpan<int> rows, string name, GeoPackageColumn[] columns, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {QuoteIdentifier(name)} ({string.Join(", ", columns.Select(column => QuoteIdentifier(column.Name)))}) VALUES ({string.Join(", ", columns.Select((_, i) => GetParameterName(i)))})";
        SqliteParameter[] parameters = [.. columns.Select((_, i) => command.Parameters.AddWithValue(GetParameterName(i), DBNull.Value))];
        command.Prepare();
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % CancellationCheckInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (var columnIndex = 0; columnIndex < columns.Length; columnIndex++)
            {
                parameters[columnIndex].Value = columns[columnIndex].GetValue(rows[i]) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static string GetParameterName(int index) => string.Create(CultureInfo.InvariantCulture, $"$p{index}");

    // 12-128r18, 2.1.6.1.1: a feature table has its own integer key.
    private static string GetKeyColumnName(GeoPackageColumn[] columns)
    {
        var name = "fid";
        while (columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            name += "_";
        }

        return name;
    }

    private static string QuoteIdentifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}

/// <summary>
/// OGC GeoPackage 1.3 (12-128r18) for QGIS and other GIS: one layer of features whose geometry is the first geography column.
/// A SQLite database cannot be written sequentially, so it is created in a temporary file and then copied.
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
