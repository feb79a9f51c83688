using System.Buffers;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>RDF as JSON-LD 1.1: what <see cref="RdfRows"/> says of the rows, as a graph with an object a row.</summary>
/// <param name="serviceRoot">As in <see cref="TurtleFormat"/>.</param>
public sealed class JsonLdFormat(string serviceRoot) : ExportFormat
{
    public override string Name => "jsonld";

    public override string MediaType => "application/ld+json";

    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var root = options.ServiceRoot ?? serviceRoot;
        var shape = new RdfShape(rows.Table);
        RdfRows? told = null;
        return JsonRows.WriteAsync(
            rows, output,
            before: Context(root),
            (json, row) => (told ??= new RdfRows(shape, options.Name, new JsonLdSyntax(json, root))).Write(row),
            between: ",\n"u8.ToArray(),
            after: "\n]}\n"u8.ToArray(),
            cancellationToken);
    }

    // JSON-LD 1.1, 4.1.2: names without a prefix are the OData schema's own.
    private static byte[] Context(string root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("@version", 1.1);
            json.WriteString("@vocab", root + "$metadata#");
            foreach (var (prefix, address) in RdfTerms.Prefixes)
            {
                json.WriteString(prefix, address);
            }

            json.WriteEndObject();
        }

        return [.. "{\"@context\":"u8, .. buffer.WrittenSpan, .. ",\"@graph\":[\n"u8];
    }
}
