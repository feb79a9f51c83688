using System.Xml.Linq;
using ODataEngine.Model;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.Testing.OData;

namespace ServiceOffices.Tests.Schema;

/// <summary>Tests the annotations in <c>$metadata</c>: descriptions, code lists, units, capabilities.</summary>
public sealed class RegisterMetadataAnnotationTests
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    [Fact]
    public void Descriptions_EverySetAndProperty_HaveBothLanguages()
    {
        var root = Root(MetadataModels.Register, MetadataModels.Options);

        var described = root.Descendants().Where(element =>
            element.Name == Edm + "EntitySet" || element.Name == Edm + "Property" || element.Name == Edm + "NavigationProperty").ToList();

        Assert.True(described.Count > 100, $"{described.Count} elements");
        Assert.All(described, element =>
        {
            Assert.False(string.IsNullOrWhiteSpace(Value(element, "Core.Description")), $"{element.Attribute("Name")} has no English description.");
            Assert.False(string.IsNullOrWhiteSpace(Value(element, "Core.Description", "sv")), $"{element.Attribute("Name")} has no Swedish description.");
        });
    }

    [Fact]
    public void Descriptions_Status_MatchColumn()
    {
        var status = Element(Root(MetadataModels.Register, MetadataModels.Options), "Office", "status");

        Assert.Equal("Status on the day of publication, computed from the events by the rules of the data dictionary. Null before the first event.", Value(status, "Core.Description"));
        Assert.Equal("Status på publiceringsdagen, beräknad utifrån händelserna enligt reglerna i datakatalogen. Null före den första händelsen.", Value(status, "Core.Description", "sv"));
    }

    [Fact]
    public void AllowedValues_Status_HaveLabelsInBothLanguages()
    {
        var status = Element(Root(MetadataModels.Register, MetadataModels.Options), "Office", "status");

        var records = Annotation(status, "Validation.AllowedValues").Descendants(Edm + "Record").ToList();

        Assert.Equal(
            ["proposed", "planned", "open", "temporarilyClosed", "closed", "withdrawn", "unknown"],
            records.Select(record => (string?)record.Element(Edm + "PropertyValue")!.Attribute("String")));
        Assert.Equal("Open", Value(records[2], "Core.Description"));
        Assert.Equal("I drift", Value(records[2], "Core.Description", "sv"));
    }

    [Theory]
    [InlineData("Office", "latitude", "deg")]
    [InlineData("Municipality", "distanceToNearestOpenOfficeKm", "km")]
    [InlineData("PublishedFile", "bytes", "By")]
    public void Unit_MeasuredProperty_IsAnnotated(string type, string property, string unit)
    {
        var element = Element(Root(MetadataModels.Register, MetadataModels.Options), type, property);

        Assert.Equal(unit, Value(element, "Measures.Unit"));
    }

    [Fact]
    public void Container_Options_AreAnnotated()
    {
        var container = Root(MetadataModels.Register, MetadataModels.Options).Descendants(Edm + "EntityContainer").Single();

        Assert.Equal("4.0 4.01", Value(container, "Core.ODataVersions"));
        Assert.Equal("Org.OData.Capabilities.V1.ConformanceLevelType/Intermediate", Annotation(container, "Capabilities.ConformanceLevel").Value);
        Assert.Equal("true", (string?)Annotation(container, "Capabilities.KeyAsSegmentSupported").Attribute("Bool"));
        Assert.Equal("false", (string?)Annotation(container, "Capabilities.BatchSupported").Attribute("Bool"));
        Assert.Equal(["contains", "geo.distance"], Annotation(container, "Capabilities.FilterFunctions").Descendants(Edm + "String").Select(text => text.Value));
        Assert.Equal(["application/json;odata.metadata=minimal", "text/csv"], Annotation(container, "Capabilities.SupportedFormats").Descendants(Edm + "String").Select(text => text.Value));
    }

    [Fact]
    public void Container_OtherOptions_AreAnnotated()
    {
        var options = MetadataModels.Options with { ConformanceLevel = ConformanceLevel.Advanced, Batch = true, FilterFunctions = [] };

        var container = Root(MetadataModels.Register, options).Descendants(Edm + "EntityContainer").Single();

        Assert.Equal("Org.OData.Capabilities.V1.ConformanceLevelType/Advanced", Annotation(container, "Capabilities.ConformanceLevel").Value);
        Assert.Equal("true", (string?)Annotation(container, "Capabilities.BatchSupported").Attribute("Bool"));
        Assert.Equal(["multipart/mixed", "application/json"], Annotation(container, "Capabilities.BatchSupport").Descendants(Edm + "String").Select(text => text.Value));
        Assert.DoesNotContain(container.Elements(Edm + "Annotation"), annotation => (string?)annotation.Attribute("Term") == "Capabilities.FilterFunctions");
    }

    [Fact]
    public void Sets_All_AreReadOnly()
    {
        var sets = Root(MetadataModels.Register, MetadataModels.Options).Descendants(Edm + "EntitySet").ToList();

        Assert.Equal(MetadataModels.Register.Sets.Count, sets.Count);
        Assert.All(sets, set =>
        {
            Assert.Equal("Org.OData.Core.V1.Permission/Read", Annotation(set, "Core.Permissions").Value);
            Assert.Equal("false", Member(set, "InsertRestrictions", "Insertable"));
            Assert.Equal("false", Member(set, "UpdateRestrictions", "Updatable"));
            Assert.Equal("false", Member(set, "DeleteRestrictions", "Deletable"));
        });
    }

    [Fact]
    public void Set_Offices_HasSortAndExpandRestrictions()
    {
        var offices = Set("offices");

        Assert.Equal(
            ["vulnerableAreas", "address", "location", "services", "openingHours", "specialHours", "sources"],
            Annotation(offices, "Capabilities.SortRestrictions").Descendants(Edm + "PropertyPath").Select(path => path.Value));
        Assert.Equal("5", Annotation(offices, "Capabilities.ExpandRestrictions").Descendants(Edm + "PropertyValue").Single(value => (string?)value.Attribute("Property") == "MaxLevels").Attribute("Int")?.Value);
        Assert.Equal("true", Member(offices, "SearchRestrictions", "Searchable"));
    }

    [Fact]
    public void Set_NetworkSize_IsNotSearchableOrExpandable()
    {
        var sizes = Set("networksize");

        Assert.Equal("false", Member(sizes, "SearchRestrictions", "Searchable"));
        Assert.Equal("false", Member(sizes, "ExpandRestrictions", "Expandable"));
    }

    [Fact]
    public void Document_SchemaVersion_IsNotPublished()
    {
        var terms = Root(MetadataModels.Register, MetadataModels.Options).Descendants(Edm + "Annotation").Select(annotation => (string?)annotation.Attribute("Term"));

        Assert.DoesNotContain("Core.SchemaVersion", terms);
    }

    [Fact]
    public void Document_EveryTerm_IsInReferencedVocabulary()
    {
        var root = Root(MetadataModels.Register, MetadataModels.Options);

        var aliases = root.Descendants().Where(element => element.Name.LocalName == "Include").Select(include => (string?)include.Attribute("Alias"));
        var used = root.Descendants(Edm + "Annotation").Select(annotation => ((string?)annotation.Attribute("Term"))!.Split('.')[0]).Distinct();

        Assert.Equal(aliases.Order(), used.Order());
    }

    private static XElement Root(EntityModel model, MetadataOptions options) =>
        XDocument.Load(new MemoryStream(new MetadataDocument(model, options).Xml401.ToArray())).Root!;

    private static XElement Set(string name) =>
        Root(MetadataModels.Register, MetadataModels.Options).Descendants(Edm + "EntitySet").Single(set => (string?)set.Attribute("Name") == name);

    private static XElement Element(XElement root, string type, string property) =>
        root.Descendants().Single(element => element.Parent?.Attribute("Name")?.Value == type && element.Attribute("Name")?.Value == property);

    private static XElement Annotation(XElement element, string term, string? qualifier = null) =>
        element.Elements(Edm + "Annotation").Single(annotation => (string?)annotation.Attribute("Term") == term && (string?)annotation.Attribute("Qualifier") == qualifier);

    private static string? Value(XElement element, string term, string? qualifier = null) => (string?)Annotation(element, term, qualifier).Attribute("String");

    private static string? Member(XElement set, string term, string member) =>
        (string?)Annotation(set, "Capabilities." + term).Descendants(Edm + "PropertyValue").Single(value => (string?)value.Attribute("Property") == member).Attribute("Bool");
}
