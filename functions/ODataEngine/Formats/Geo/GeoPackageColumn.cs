using System.Buffers.Binary;
using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine.Formats.Geo;

/// <summary>A column of a layer: its name, its type (OGC 12-128r18, table 1) and its values in SQLite's types.</summary>
internal sealed class GeoPackageColumn
{
    private readonly FlatColumn source;
    private readonly Func<int, object> convert;

    private GeoPackageColumn(FlatColumn source, string name, string type, Func<int, object> convert)
    {
        this.source = source;
        Name = name;
        Type = type;
        this.convert = convert;
    }

    public string Name { get; }

    public string Type { get; }

    public Column Column => source.Column;

    /// <summary>Creates the columns of a table. An underscore is appended to a name that equals another except for case, because SQLite ignores case.</summary>
    /// <param name="geometryColumn">The column of the layer's geometry; other geography columns are WKT strings.</param>
    public static IEnumerable<GeoPackageColumn> FromTable(Table table, Column geometryColumn)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in FlatColumn.FromTable(table))
        {
            var name = source.Name;
            while (!names.Add(name))
            {
                name += "_";
            }

            var (type, convert) = source.Column == geometryColumn ? MapGeometry(geometryColumn) : MapScalar(source.Column);
            yield return new GeoPackageColumn(source, name, type, convert);
        }
    }

    /// <summary>Computes the bounding box of the rows' geometries; null if every geometry is null.</summary>
    public static (double MinX, double MinY, double MaxX, double MaxY)? GetExtent(Column geometryColumn, ReadOnlySpan<int> rows)
    {
        (double MinX, double MinY, double MaxX, double MaxY)? extent = null;
        foreach (var row in rows)
        {
            foreach (var point in GetPoints(geometryColumn, row))
            {
                extent = extent is not var (minX, minY, maxX, maxY)
                    ? (point.Longitude, point.Latitude, point.Longitude, point.Latitude)
                    : (Math.Min(minX, point.Longitude), Math.Min(minY, point.Latitude), Math.Max(maxX, point.Longitude), Math.Max(maxY, point.Latitude));
            }
        }

        return extent;
    }

    /// <summary>Gets the value of a row; null for null.</summary>
    public object? GetValue(int row) => source.IsNull(row) ? null : convert(row);

    private static (string, Func<int, object>) MapScalar(Column column) => column switch
    {
        ValueColumn<bool> c => ("BOOLEAN", row => c.Values[row] ? 1L : 0L),
        ValueColumn<byte> c => ("SMALLINT", row => (long)c.Values[row]),
        ValueColumn<sbyte> c => ("TINYINT", row => (long)c.Values[row]),
        ValueColumn<short> c => ("SMALLINT", row => (long)c.Values[row]),
        ValueColumn<int> c when c.Property.ElementType is not EnumType => ("MEDIUMINT", row => (long)c.Values[row]),
        ValueColumn<long> c => ("INTEGER", row => c.Values[row]),
        // SQLite has no NaN: it becomes null.
        ValueColumn<float> c => ("DOUBLE", row => double.IsNaN(c.Values[row]) ? DBNull.Value : (double)c.Values[row]),
        ValueColumn<double> c => ("DOUBLE", row => double.IsNaN(c.Values[row]) ? DBNull.Value : c.Values[row]),
        ValueColumn<DateOnly> c => ("DATE", row => JsonValueWriter.Format(c, row)!),
        ValueColumn<DateTimeOffset> c => ("DATETIME", row => c.Values[row].UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        ValueColumn<byte[]> c => ("BLOB", row => c.Values[row]),
        _ => ("TEXT", row => CellFormatter.Format(column, row)),
    };

    private static (string, Func<int, object>) MapGeometry(Column column) => column switch
    {
        ValueColumn<GeoPoint> c => ("POINT", row => CreateBlob(WkbEncoder.Encode(c.Values[row]))),
        ValueColumn<Geometry> c => (
            ((PrimitiveType)c.Property.Type).Kind == PrimitiveKind.GeographyPolygon ? "POLYGON" : "LINESTRING", row => CreateBlob(WkbEncoder.Encode(c.Values[row]))),
        _ => throw new NotSupportedException($"'{column.Property}' is not a geography property."),
    };

    // 12-128r18, 2.1.3: a header of "GP", version 0, flags (little-endian, no envelope), the reference system; then WKB.
    private static byte[] CreateBlob(byte[] wkb)
    {
        var blob = new byte[8 + wkb.Length];
        (blob[0], blob[1], blob[3]) = ((byte)'G', (byte)'P', 1);
        BinaryPrimitives.WriteInt32LittleEndian(blob.AsSpan(4), 4326);
        wkb.CopyTo(blob.AsSpan(8));
        return blob;
    }

    private static IEnumerable<GeoPoint> GetPoints(Column geometryColumn, int row) => geometryColumn switch
    {
        _ when geometryColumn.IsNull(row) => [],
        ValueColumn<GeoPoint> points => [points.Values[row]],
        ValueColumn<Geometry> geometries => geometries.Values[row].Parts.SelectMany(part => part),
        _ => [],
    };
}
