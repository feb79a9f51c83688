using System.Buffers;
using System.Text.Json;
using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>JSON-LD 1.1 with a context of its own: a reader needs to fetch nothing.</summary>
internal static class JsonLdGraphWriter
{
    public static byte[] Write(RdfGraph graph)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            foreach (var (prefix, ns) in DcatVocabularies.Prefixes)
            {
                json.WriteString(prefix, ns);
            }

            json.WriteEndObject();
            json.WriteStartArray("@graph");
            foreach (var node in graph.Nodes)
            {
                Write(json, node);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RdfGraph.Node node)
    {
        json.WriteStartObject();
        json.WriteString("@id", node.Iri);
        json.WriteString("@type", node.Type);
        foreach (var (predicate, objects) in node.Properties)
        {
            json.WriteStartArray(predicate);
            foreach (var term in objects)
            {
                Write(json, term);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RdfTerm term)
    {
        json.WriteStartObject();
        json.WriteString(term.IsIri ? "@id" : "@value", term.Value);
        if (term.LanguageTag is not null)
        {
            json.WriteString("@language", term.LanguageTag);
        }
        else if (term.Datatype is not null)
        {
            json.WriteString("@type", term.Datatype);
        }

        json.WriteEndObject();
    }
}
