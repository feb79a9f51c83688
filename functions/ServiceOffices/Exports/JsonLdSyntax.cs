using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

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
