using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using NJsonSchema;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.Testing;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary><see cref="MetadataDocument"/>, validated by the OASIS schemas and read by Microsoft.OData.Core.</summary>
public sealed class MetadataDocumentTests
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    public static TheoryData<string> Models => ["Register", "Workshop", "Shop"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Xml_EachVersion_IsValidBySchema(string name)
    {
        var document = Document(name);
        var schemas = new XmlSchemaSet { XmlResolver = null };
        schemas.Add(null, Schema("edm.xsd"));
        schemas.Add(null, Schema("edmx.xsd"));
        var problems = new List<string>();

        Xml(document.Xml40).Validate(schemas, (_, problem) => problems.Add(problem.Message));
        Xml(document.Xml401).Validate(schemas, (_, problem) => problems.Add(problem.Message));

        Assert.Empty(problems);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Json_EachVersion_IsValidBySchema(string name)
    {
        var schema = await JsonSchema.FromFileAsync(Schema("csdl.schema.json"), TestContext.Current.CancellationToken);

        var problems = schema.Validate(Text(Document(name).Json40)).Concat(schema.Validate(Text(Document(name).Json401)));

        Assert.Empty(problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Bytes_EachFormat_AreUtf8WithoutBomAndHaveVersion()
    {
        var document = Document("Register");

        Assert.StartsWith("""<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" """, Text(document.Xml40), StringComparison.Ordinal);
        Assert.StartsWith("""<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.01" """, Text(document.Xml401), StringComparison.Ordinal);
        Assert.StartsWith("""{"$Version":"4.0","$EntityContainer":"ServiceOffices.Container",""", Text(document.Json40), StringComparison.Ordinal);
        Assert.StartsWith("""{"$Version":"4.01","$EntityContainer":"ServiceOffices.Container",""", Text(document.Json401), StringComparison.Ordinal);
        Assert.Contains("återanvänds", Text(document.Json401), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Xml_ReadBack_IsEqual(string name)
    {
        var document = Document(name);

        foreach (var bytes in new[] { document.Xml40, document.Xml401 })
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()));
            Assert.True(CsdlReader.TryParse(reader, out var read, out var errors), string.Join('\n', errors));

            Assert.Equal(Outline(EdmModelBuilder.Build(MetadataModels.Find(name))), Outline(read));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Json_ReadBack_IsEqual(string name)
    {
        var reader = new Utf8JsonReader(Document(name).Json401.Span);

        Assert.True(CsdlReader.TryParse(ref reader, out var read, out var errors), string.Join('\n', errors ?? []));

        Assert.Equal(Outline(EdmModelBuilder.Build(MetadataModels.Find(name))), Outline(read));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Annotated_EachModel_ValidatesExceptKnownLibraryLimit(string name)
    {
        var edm = MetadataDocument.CreateEdmModel(MetadataModels.Find(name), MetadataModels.Options with { Batch = true, Apply = true }, "xml");

        edm.Validate(out var errors);

        // AllowedValue/Value has the type Edm.PrimitiveType, which no string fits by the rule of the library.
        var others = errors.Where(error => error.ErrorCode != EdmErrorCode.ExpressionPrimitiveKindNotValidForAssertedType);
        Assert.Empty(others.Select(error => error.ToString()));
        Assert.Equal(
            Xml(Document(name).Xml401).Descendants(Edm + "PropertyValue").Count(value => (string?)value.Attribute("Property") == "Value"),
            errors.Count());
    }

    [Fact]
    public void Nullability_EachFormat_IsEqual()
    {
        var document = Document("Register");
        var office = Xml(document.Xml401).Descendants(Edm + "EntityType").Single(type => (string?)type.Attribute("Name") == "Office");
        using var json = JsonDocument.Parse(document.Json401);
        var properties = json.RootElement.GetProperty("ServiceOffices").GetProperty("Office");

        // Absent means nullable in XML (CSDL XML 4.01, 7.2.1 and 8.3) and not nullable in JSON (CSDL JSON 4.01, 7.2.1 and 8.3).
        Assert.Equal("false", Attribute("Property", "id", "Nullable"));
        Assert.False(properties.GetProperty("id").TryGetProperty("$Nullable", out _));
        Assert.Null(Attribute("Property", "address", "Nullable"));
        Assert.True(properties.GetProperty("address").GetProperty("$Nullable").GetBoolean());
        Assert.Equal("false", Attribute("Property", "services", "Nullable"));
        Assert.False(properties.GetProperty("services").TryGetProperty("$Nullable", out _));
        Assert.Null(Attribute("NavigationProperty", "municipality", "Nullable"));
        Assert.True(properties.GetProperty("municipality").GetProperty("$Nullable").GetBoolean());
        // A collection of entities must not have the facet (8.3).
        Assert.Null(Attribute("NavigationProperty", "events", "Nullable"));
        Assert.False(properties.GetProperty("events").TryGetProperty("$Nullable", out _));

        string? Attribute(string element, string name, string attribute) =>
            (string?)office.Elements(Edm + element).Single(property => (string?)property.Attribute("Name") == name).Attribute(attribute);
    }

    private static MetadataDocument Document(string model) => new(MetadataModels.Find(model), MetadataModels.Options);

    private static string Schema(string file) => Repository.PathTo("tests", "Schemas", file);

    private static XDocument Xml(ReadOnlyMemory<byte> bytes) => XDocument.Load(new MemoryStream(bytes.ToArray()));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>Gets the declarations of a model, one line each.</summary>
    private static IEnumerable<string> Outline(IEdmModel edm)
    {
        foreach (var type in edm.SchemaElements.OfType<IEdmStructuredType>())
        {
            yield return $"{type.FullTypeName()} key {string.Join(',', (type as IEdmEntityType)?.Key().Select(part => part.Name) ?? [])}";
            foreach (var property in type.DeclaredProperties)
            {
                var partner = (property as IEdmNavigationProperty)?.Partner?.Name;
                var items = property.Type.IsCollection() ? property.Type.AsCollection().ElementType() : property.Type;
                yield return $"{type.FullTypeName()}/{property.Name} {property.Type.FullName()} {Facets(items)} {partner}";
            }
        }

        foreach (var type in edm.SchemaElements.OfType<IEdmEnumType>())
        {
            yield return $"{type.FullTypeName()} {string.Join(',', type.Members.Select(member => $"{member.Name}={member.Value.Value}"))}";
        }

        foreach (var set in edm.EntityContainer.EntitySets())
        {
            yield return $"{edm.EntityContainer.FullName()}/{set.Name} {set.EntityType.FullName()}";
            foreach (var binding in set.NavigationPropertyBindings.OrderBy(binding => binding.Path.Path, StringComparer.Ordinal))
            {
                yield return $"{set.Name}/{binding.Path.Path} -> {binding.Target.Name}";
            }
        }
    }

    private static string Facets(IEdmTypeReference type) => type switch
    {
        // Collections of entities do not have this facet.
        { Definition.TypeKind: EdmTypeKind.Entity } => "",
        IEdmDecimalTypeReference number => $"null:{type.IsNullable} scale:{number.Scale}",
        IEdmTemporalTypeReference temporal => $"null:{type.IsNullable} precision:{temporal.Precision}",
        // Absent means WGS 84 (CSDL JSON 4.01, 7.2.6); the JSON reader of the library returns null.
        IEdmSpatialTypeReference spatial => $"null:{type.IsNullable} srid:{spatial.SpatialReferenceIdentifier ?? 4326}",
        _ => $"null:{type.IsNullable}",
    };
}
