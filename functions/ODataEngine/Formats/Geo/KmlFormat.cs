using System.Buffers;
using System.IO.Pipelines;
using ODataEngine.Model;

namespace ODataEngine.Formats.Geo;

/// <summary>
/// Keyhole Markup Language 2.2 (OGC 07-147r2) for Google Earth and map sites: one placemark per row, with the first geography column
/// as its geometry and all other columns as extended data. A row without a geometry is a placemark without one.
/// </summary>
public sealed class KmlFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "kml";

    public override string MediaType => "application/vnd.google-earth.kml+xml";

    public override bool HasTitles => true;

    public override string? GetUnsupportedReason(StructuredType type) => GeographyColumns.GetUnsupportedReason(type, "KML");

    /// <exception cref="ArgumentException">The rows have no geography property.</exception>
    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var geometryColumn = rows.Table[GeographyColumns.FindProperty(rows.Table.Type) ?? throw new ArgumentException(GetUnsupportedReason(rows.Table.Type), nameof(rows))];
        FlatColumn[] columns = [.. FlatColumn.FromTable(rows.Table).Where(column => column.Column != geometryColumn)];
        var headings = FlatColumn.GetHeadings(columns, options.Language);
        var label = GeographyColumns.FindLabelColumn(columns, rows.Table.Type);
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        pipe.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>"u8);
        XmlEscaper.WriteEscaped(pipe, options is { Language: { } language, Title: { } title } ? language.Localize(title) : options.Name);
        pipe.Write("</name>\n"u8);
        WriteSchema(pipe, columns, options.Language is null ? null : headings);
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            WritePlacemark(pipe, columns, label, geometryColumn, rows.Rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        pipe.Write("</Document>\n</kml>\n"u8);
        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    // 07-147r2, 9.8: without a schema, readers infer columns and types from the first placemarks.
    private static void WriteSchema(PipeWriter pipe, FlatColumn[] columns, IReadOnlyList<string>? titles)
    {
        pipe.Write("<Schema name=\"columns\" id=\"columns\">"u8);
        for (var i = 0; i < columns.Length; i++)
        {
            pipe.Write("<SimpleField type=\""u8);
            pipe.Write(columns[i].Column switch
            {
                ValueColumn<double> or ValueColumn<float> => "double"u8,
                ValueColumn<int> { Property.ElementType: not EnumType } or ValueColumn<short> or ValueColumn<byte> or ValueColumn<sbyte> => "int"u8,
                // Also Booleans: readers support only 1 and 0 for the type bool, which are hard to read.
                _ => "string"u8,
            });
            pipe.Write("\" name=\""u8);
            XmlEscaper.WriteEscaped(pipe, columns[i].Name);
            pipe.Write("\">"u8);
            if (titles is not null)
            {
                pipe.Write("<displayName>"u8);
                XmlEscaper.WriteEscaped(pipe, titles[i]);
                pipe.Write("</displayName>"u8);
            }

            pipe.Write("</SimpleField>"u8);
        }

        pipe.Write("</Schema>\n"u8);
    }

    private static void WritePlacemark(PipeWriter pipe, FlatColumn[] columns, FlatColumn? label, Column geometryColumn, int row)
    {
        pipe.Write("<Placemark>"u8);
        if (label is not null && !label.IsNull(row))
        {
            pipe.Write("<name>"u8);
            XmlEscaper.WriteEscaped(pipe, CellFormatter.Format(label.Column, row));
            pipe.Write("</name>"u8);
        }

        pipe.Write("<ExtendedData><SchemaData schemaUrl=\"#columns\">"u8);
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].IsNull(row))
            {
                continue;
            }

            pipe.Write("<SimpleData name=\""u8);
            XmlEscaper.WriteEscaped(pipe, columns[i].Name);
            pipe.Write("\">"u8);
            XmlEscaper.WriteEscaped(pipe, CellFormatter.Format(columns[i].Column, row));
            pipe.Write("</SimpleData>"u8);
        }

        pipe.Write("</SchemaData></ExtendedData>"u8);
        WriteGeometry(pipe, geometryColumn, row);
        pipe.Write("</Placemark>\n"u8);
    }

    // OGC 07-147r2, 10: longitude, latitude.
    private static void WriteGeometry(PipeWriter pipe, Column geometryColumn, int row)
    {
        switch (geometryColumn)
        {
            case var _ when geometryColumn.IsNull(row):
                break;
            case ValueColumn<GeoPoint> points:
                pipe.Write("<Point>"u8);
                WriteCoordinates(pipe, [points.Values[row]]);
                pipe.Write("</Point>"u8);
                break;
            case ValueColumn<Geometry> { Property.Type: PrimitiveType { Kind: PrimitiveKind.GeographyPolygon } } polygons:
                pipe.Write("<Polygon>"u8);
                for (var i = 0; i < polygons.Values[row].Parts.Count; i++)
                {
                    pipe.Write(i == 0 ? "<outerBoundaryIs><LinearRing>"u8 : "<innerBoundaryIs><LinearRing>"u8);
                    WriteCoordinates(pipe, polygons.Values[row].Parts[i]);
                    pipe.Write(i == 0 ? "</LinearRing></outerBoundaryIs>"u8 : "</LinearRing></innerBoundaryIs>"u8);
                }

                pipe.Write("</Polygon>"u8);
                break;
            case ValueColumn<Geometry> lines:
                pipe.Write("<LineString>"u8);
                WriteCoordinates(pipe, lines.Values[row].Parts[0]);
                pipe.Write("</LineString>"u8);
                break;
        }
    }

    private static void WriteCoordinates(PipeWriter pipe, IReadOnlyList<GeoPoint> points)
    {
        pipe.Write("<coordinates>"u8);
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0)
            {
                pipe.Write(" "u8);
            }

            pipe.Advance(ValueFormatter.Format(points[i].Longitude, pipe.GetSpan(ValueFormatter.MaxBytes)));
            pipe.Write(","u8);
            pipe.Advance(ValueFormatter.Format(points[i].Latitude, pipe.GetSpan(ValueFormatter.MaxBytes)));
        }

        pipe.Write("</coordinates>"u8);
    }
}
