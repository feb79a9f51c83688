using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes RDF as the objects of a JSON-LD graph; a predicate's objects are always an array.</summary>
internal sealed class JsonLdSyntax(Utf8JsonWriter json, string root) : RdfSyntax
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

        json.WriteStringValue(RdfTerms.OwnClass(type));
        json.WriteEndArray();
    }

    public override void EndNode() => json.WriteEndObject();

    public override void BeginPredicate(RdfPredicate predicate) => json.WriteStartArray(predicate.Name);

    public override void EndPredicate() => json.WriteEndArray();

    public override void Entity(string url) => Address(root + url);

    public override void Address(string address)
    {
        json.WriteStartObject();
        json.WriteString("@id"u8, address);
        json.WriteEndObject();
    }

    public override void Literal(string text, string? datatype, string? language)
    {
        if (datatype is null && language is null)
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartObject();
        json.WriteString("@value"u8, text);
        json.WriteString(datatype is null ? "@language"u8 : "@type"u8, datatype ?? language);
        json.WriteEndObject();
    }
}
