using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
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
/// The metadata document in every version and format, in UTF-8 without a byte order mark. Each is built when first
/// requested; the bytes for a model and its options are always the same.
/// </summary>
public sealed class MetadataDocument(EntityModel model, MetadataOptions options)
{
    private const string XmlType = "application/xml";
    private const string JsonType = "application/json";

    // Written as bytes, since the XML declaration of a StringBuilder would state utf-16.
    private static readonly XmlWriterSettings XmlSettings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    // By the bytes of the four documents, each of which always has the same memory.
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, string> etags = [];
    private readonly Lazy<ReadOnlyMemory<byte>> xml40 = new(() => WriteXml(model, options, EdmConstants.EdmVersion4));
    private readonly Lazy<ReadOnlyMemory<byte>> xml401 = new(() => WriteXml(model, options, EdmConstants.EdmVersion401));
    private readonly Lazy<ReadOnlyMemory<byte>> json40 = new(() => WriteJson(model, options, EdmConstants.EdmVersion4));
    private readonly Lazy<ReadOnlyMemory<byte>> json401 = new(() => WriteJson(model, options, EdmConstants.EdmVersion401));

    /// <summary>CSDL XML with version 4.0, the only one that 4.0 clients accept.</summary>
    public ReadOnlyMemory<byte> Xml40 => xml40.Value;

    /// <summary>CSDL XML 4.01.</summary>
    public ReadOnlyMemory<byte> Xml401 => xml401.Value;

    /// <summary>CSDL JSON with version 4.0 as in the OData-Version header, although the format was introduced by 4.01; the rest equals <see cref="Json401"/>.</summary>
    public ReadOnlyMemory<byte> Json40 => json40.Value;

    /// <summary>CSDL JSON 4.01.</summary>
    public ReadOnlyMemory<byte> Json401 => json401.Value;

    /// <param name="formatOption">The value of <c>$format</c>, which overrides Accept; null if absent.</param>
    /// <exception cref="ODataRequestException">406: neither XML nor JSON is acceptable.</exception>
    internal ODataResponse CreateResponse(string? formatOption, string? accept, bool isVersion401)
    {
        // RFC 9110, 12.5.1: of two formats that are equally acceptable, the server chooses; every OData client can read XML.
        var requested = formatOption switch { null => accept, "json" => JsonType, "xml" => XmlType, "" => "?", _ => formatOption };
        var (contentType, body) = MediaRange.SelectBest(requested, XmlType, JsonType) switch
        {
            JsonType => (JsonType, isVersion401 ? Json401 : Json40),
            XmlType => (XmlType, isVersion401 ? Xml401 : Xml40),
            _ => throw new ODataRequestException(406, ODataErrorCodes.NotAcceptable,
                $"The metadata document can be {XmlType} or {JsonType}; got '{ODataErrors.Truncate(formatOption ?? accept)}'.", formatOption is null ? "Accept" : "$format"),
        };
        return new ODataResponse
        {
            Status = 200,
            ContentType = contentType,
            Body = body,
            ETag = etags.GetOrAdd(body, static document => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(document.Span).AsSpan(0, 8))}\""),
            Headers = [("OData-Version", isVersion401 ? "4.01" : "4.0")],
            Vary = SelectingHeaders.Vary,
        };
    }

    /// <summary>Creates the published model with its annotations and the references in the given format (<c>xml</c> or <c>json</c>).</summary>
    internal static EdmModel CreateEdmModel(EntityModel model, MetadataOptions options, string format)
    {
        var edm = EdmModelBuilder.Build(model);
        Vocabulary.AddReferences(edm, format,
        [
            Vocabulary.Core, Vocabulary.Capabilities, Vocabulary.Measures, Vocabulary.Validation,
            .. options.Apply ? [Vocabulary.Aggregation] : Array.Empty<Vocabulary>(),
            .. model.Sets.Any(set => set.HasTimeline) ? [Vocabulary.Temporal] : Array.Empty<Vocabulary>(),
        ]);
        VocabularyAnnotations.Add(edm, model, options.LanguageDependentOrder);
        CapabilitiesAnnotations.Add(edm, model, options);
        ExtensionAnnotations.Add(edm, model, options);
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

    // The library omits $Nullable, without which a navigation property cannot be null (CSDL JSON 4.01, 8.3).
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

/// <summary>Writes the service document: the list of entity sets (OData JSON Format 4.01, 5).</summary>
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
