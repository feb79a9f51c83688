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

/// <summary>Writes the objects of a JSON-LD 1.1 graph; a predicate's objects are always an array.</summary>
/// <param name="json">The writer, inside the graph's array. Terms of the OData schema rely on the context's <c>@vocab</c>.</param>
public sealed class JsonLdWriter(Utf8JsonWriter json) : RdfWriter
{
    public override void BeginNode(string? iri, IReadOnlyList<RdfName> classes)
    {
        json.WriteStartObject();
        if (iri is not null)
        {
            json.WriteString("@id"u8, iri);
        }

        json.WriteStartArray("@type"u8);
        for (var i = 0; i < classes.Count; i++)
        {
            json.WriteStringValue(classes[i].Name);
        }

        json.WriteEndArray();
    }

    public override void EndNode() => json.WriteEndObject();

    public override void BeginPredicate(RdfName predicate) => json.WriteStartArray(predicate.Name);

    public override void EndPredicate() => json.WriteEndArray();

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
