using System.Text.Json;

namespace ODataEngine.Formats.Rdf;

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
