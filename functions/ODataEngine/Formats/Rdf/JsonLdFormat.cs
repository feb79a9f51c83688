using System.Buffers;
using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

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

/// <summary>Writes RDF as the objects of a JSON-LD graph; a predicate's objects are always an array.</summary>
internal sealed class JsonLdStreamWriter(Utf8JsonWriter json, string root) : RdfStreamWriter
{
    public override void BeginNode(string? url, IReadOnlyList<string> classes, StructuredType type)
    {
        json.WriteStartObject();
        if (url is not null)
        {
            json.WriteString("@id"u8, root + url);
        }

        json.WriteStartArray("@type"u8);
        foreach (var name in classes)
        {
            json.WriteStringValue(name);
        }

        json.WriteStringValue(RdfSchemaTerms.GetSchemaClass(type));
        json.WriteEndArray();
    }

    public override void EndNode() => json.WriteEndObject();

    public override void BeginPredicate(RdfPredicate predicate) => json.WriteStartArray(predicate.Name);

    public override void EndPredicate() => json.WriteEndArray();

    public override void WriteEntity(string url) => WriteIri(root + url);

    public override void WriteIri(string iri)
    {
        json.WriteStartObject();
        json.WriteString("@id"u8, iri);
        json.WriteEndObject();
    }

    public override void WriteLiteral(string value, string? datatype, string? language)
    {
        if (datatype is null && language is null)
        {
            json.WriteStringValue(value);
            return;
        }

        json.WriteStartObject();
        json.WriteString("@value"u8, value);
        json.WriteString(datatype is null ? "@language"u8 : "@type"u8, datatype ?? language);
        json.WriteEndObject();
    }
}
