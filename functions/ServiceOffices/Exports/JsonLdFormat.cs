using System.Buffers;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>RDF as JSON-LD 1.1: what <see cref="RdfRowWriter"/> says of the rows, as a graph with an object a row.</summary>
/// <param name="serviceRoot">As in <see cref="TurtleFormat"/>.</param>
public sealed class JsonLdFormat(string serviceRoot) : ExportFormat
{
    public override string Name => "jsonld";

    public override string MediaType => "application/ld+json";

    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var root = options.ServiceRoot ?? serviceRoot;
        var shape = new RdfMapping(rows.Table);
        RdfRowWriter? rowWriter = null;
        return JsonRowsWriter.WriteAsync(
            rows, output,
            prefix: CreateContext(root),
            (json, row) => (rowWriter ??= new RdfRowWriter(shape, options.Name, new JsonLdStreamWriter(json, root))).Write(row),
            separator: ",\n"u8.ToArray(),
            suffix: "\n]}\n"u8.ToArray(),
            cancellationToken);
    }

    // JSON-LD 1.1, 4.1.2: names without a prefix are the OData schema's own.
    private static byte[] CreateContext(string root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("@version", 1.1);
            json.WriteString("@vocab", root + "$metadata#");
            foreach (var (prefix, iri) in RdfSchemaTerms.Prefixes)
            {
                json.WriteString(prefix, iri);
            }

            json.WriteEndObject();
        }

        return [.. "{\"@context\":"u8, .. buffer.WrittenSpan, .. ",\"@graph\":[\n"u8];
    }
}
