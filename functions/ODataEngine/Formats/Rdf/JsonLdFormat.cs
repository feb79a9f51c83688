using System.Buffers;
using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>JSON-LD 1.1: a graph with one object per row.</summary>
/// <param name="serviceRoot">The service root, as in <see cref="TurtleFormat"/>.</param>
public sealed class JsonLdFormat(string serviceRoot) : ExportFormat
{
    public override string Name => "jsonld";

    public override string MediaType => "application/ld+json";

    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var root = options.ServiceRoot ?? serviceRoot;
        var mapping = new RdfMapping(rows.Table);
        RdfRowWriter? rowWriter = null;
        return JsonRowsWriter.WriteAsync(
            rows, output,
            prefix: CreateContext(root),
            (json, row) => (rowWriter ??= new RdfRowWriter(mapping, options.Name, root, new JsonLdWriter(json))).Write(row),
            separator: ",\n"u8.ToArray(),
            suffix: "\n]}\n"u8.ToArray(),
            cancellationToken);
    }

    // JSON-LD 1.1, 4.1.2: @vocab makes names without a prefix terms of the OData schema.
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
