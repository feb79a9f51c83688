using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using ODataEngine.Model;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Metadata;

/// <summary>
/// The service's <c>$metadata</c> in each form that a client can ask for, in UTF-8 without a byte order mark. Nothing is
/// built before it is first asked for; the bytes for one model and options are always the same.
/// </summary>
public sealed class MetadataDocument(EntityModel model, MetadataOptions options)
{
    // Not through a StringBuilder, which would make the XML declaration say utf-16.
    private static readonly XmlWriterSettings XmlSettings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    private readonly Lazy<ReadOnlyMemory<byte>> xml40 = new(() => WriteXml(model, options, EdmConstants.EdmVersion4));
    private readonly Lazy<ReadOnlyMemory<byte>> xml401 = new(() => WriteXml(model, options, EdmConstants.EdmVersion401));
    private readonly Lazy<ReadOnlyMemory<byte>> json40 = new(() => WriteJson(model, options, EdmConstants.EdmVersion4));
    private readonly Lazy<ReadOnlyMemory<byte>> json401 = new(() => WriteJson(model, options, EdmConstants.EdmVersion401));

    /// <summary>CSDL XML whose envelope says 4.0, the only version that clients of 4.0 accept.</summary>
    public ReadOnlyMemory<byte> Xml40 => xml40.Value;

    /// <summary>CSDL XML 4.01.</summary>
    public ReadOnlyMemory<byte> Xml401 => xml401.Value;

    /// <summary>CSDL JSON that says 4.0, as the answer that carries it does. The format came with 4.01; nothing else differs.</summary>
    public ReadOnlyMemory<byte> Json40 => json40.Value;

    /// <summary>CSDL JSON 4.01.</summary>
    public ReadOnlyMemory<byte> Json401 => json401.Value;

    /// <summary>The model as it is published, annotations included, its references in the given format.</summary>
    internal static EdmModel CreateEdmModel(EntityModel model, MetadataOptions options, string format)
    {
        var edm = EdmModelBuilder.Build(model);
        Vocabulary.AddReferences(edm, format);
        VocabularyAnnotations.Add(edm, model);
        CapabilitiesAnnotations.Add(edm, model, options);
        return edm;
    }

    private static ReadOnlyMemory<byte> WriteXml(EntityModel model, MetadataOptions options, Version version)
    {
        var edm = CreateEdmModel(model, options, "xml");
        edm.SetEdmxVersion(version);
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, XmlSettings))
        {
            ThrowIfFailed(CsdlWriter.TryWriteCsdl(edm, writer, CsdlTarget.OData, out var errors), errors);
        }

        return bytes.ToArray();
    }

    private static ReadOnlyMemory<byte> WriteJson(EntityModel model, MetadataOptions options, Version version)
    {
        var edm = CreateEdmModel(model, options, "json");
        edm.SetEdmxVersion(version);
        var libraryOutput = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(libraryOutput))
        {
            ThrowIfFailed(CsdlWriter.TryWriteCsdl(edm, writer, out var errors), errors);
        }

        var csdl = JsonNode.Parse(libraryOutput.WrittenSpan)!;
        AddNullableToNavigation(csdl, edm);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, JsonValueWriter.WriterOptions))
        {
            csdl.WriteTo(writer);
        }

        return bytes.WrittenMemory;
    }

    // The library leaves $Nullable out, and without it a navigation property always leads somewhere (CSDL JSON 4.01, 8.3).
    private static void AddNullableToNavigation(JsonNode csdl, EdmModel edm)
    {
        foreach (var type in edm.SchemaElements.OfType<IEdmStructuredType>())
        {
            var element = (IEdmSchemaElement)type;
            foreach (var property in type.DeclaredNavigationProperties().Where(navigation => navigation.TargetMultiplicity() == EdmMultiplicity.ZeroOrOne))
            {
                csdl[element.Namespace]![element.Name]![property.Name]!["$Nullable"] = true;
            }
        }
    }

    private static void ThrowIfFailed(bool written, IEnumerable<EdmError> errors)
    {
        if (!written)
        {
            throw new InvalidOperationException("The model cannot be written as CSDL: " + string.Join("; ", errors.Select(error => error.ErrorMessage)));
        }
    }
}

/// <summary>The service document: the entity sets (OData JSON Format 4.01, 5).</summary>
internal static class ServiceDocument
{
    public static ReadOnlyMemory<byte> Write(EntityModel model, Uri serviceRoot, ResponseFormat format)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions);
        json.WriteStartObject();
        if (format.MetadataLevel != MetadataLevel.None)
        {
            json.WriteString(format.ControlPrefix + "context", ContextUrl.Create(serviceRoot, null));
        }

        json.WriteStartArray("value");
        foreach (var set in model.Sets)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("title", set.Title.En);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
