using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ODataEngine.Formats.Rdf;
using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>Writes a graph with the engine's RDF writers.</summary>
internal static class GraphWriters
{
    /// <summary>Writes RDF 1.1 Turtle.</summary>
    public static byte[] WriteTurtle(RdfGraph graph)
    {
        using var output = new MemoryStream();
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        var writer = new TurtleWriter(pipe, root: "");
        writer.WritePrefixes(DcatVocabularies.Prefixes);
        WriteNodes(graph, writer);
        pipe.Complete();
        return output.ToArray();
    }

    /// <summary>Writes JSON-LD 1.1 with an embedded context, so that readers need no further request.</summary>
    public static byte[] WriteJsonLd(RdfGraph graph)
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
            WriteNodes(graph, new JsonLdWriter(json));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteNodes(RdfGraph graph, RdfWriter writer)
    {
        foreach (var node in graph.Nodes)
        {
            writer.BeginNode(node.Iri, [RdfName.Prefixed(node.Type)]);
            foreach (var (predicate, objects) in node.Properties)
            {
                writer.BeginPredicate(RdfName.Prefixed(predicate));
                foreach (var term in objects)
                {
                    if (term.IsIri)
                    {
                        writer.WriteIri(term.Value);
                    }
                    else writer.WriteLiteral(term.Value, term.Datatype, term.LanguageTag);
                }

                writer.EndPredicate();
            }

            writer.EndNode();
        }
    }
}
