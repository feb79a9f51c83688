using Microsoft.Extensions.Time.Testing;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Metadata;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;
using ServiceOffices.ODataFuzz.Payloads;
using ServiceOffices.Testing.OData;
using ServiceOffices.Testing.Payloads;

namespace ODataEngine.Tests.Protocol;

/// <summary>Derived types (OData 4.01 Part 2, 4.11 and 5.1.1.15; JSON Format 4.01, 4.5.3), over <see cref="FixedSamples"/>.</summary>
public sealed class DerivedTypeTests
{
    private const string Funded = "Sampling.FundedGroup";

    private readonly SampleEngine engine = new(null, FixedSamples.Tables);

    private readonly PayloadClient client = new(new ODataService(
        SampleModel.Model, new ODataOptions(), new InMemoryTableSource(FixedSamples.Tables), new FakeTimeProvider(SampleEngine.Now)));

    [Theory]
    [InlineData($"groups/{Funded}", "north")]
    [InlineData($"groups/{Funded}/$filter(sum gt 10000)", "north")]
    [InlineData($"groups/{Funded}?$filter=sum gt 10001", "")]
    [InlineData($"groups?$filter={Funded}/sum gt 1", "north")]
    [InlineData($"groups?$filter={Funded}/sum eq null", "field old")]
    [InlineData($"groups?$filter=isof({Funded})", "north")]
    [InlineData($"groups?$filter=isof($it,{Funded})", "north")]
    [InlineData($"groups?$filter=not isof({Funded})", "field old")]
    [InlineData("groups?$filter=isof(Sampling.Group)", "field north old")]
    [InlineData("groups?$filter=isof(Sampling.Sample)", "")]
    [InlineData($"groups?$filter=cast({Funded})/term gt duration'P89D'", "north")]
    [InlineData($"groups?$filter=cast($it,{Funded}) ne null", "north")]
    [InlineData($"groups?$filter={Funded}/leader/whole eq 7", "north")]
    [InlineData($"groups?$orderby={Funded}/sum desc,code", "north field old")]
    [InlineData($"groups/{Funded}?$orderby=term&$top=1", "north")]
    [InlineData("groups?$filter=state eq 'Open' or state eq Sampling.State'Closed'", "field old")]
    [InlineData("groups?$search=northern", "north")]
    [InlineData("samples(2)/leads", "north")]
    [InlineData("samples(1)/leads", "")]
    [InlineData($"groups?$apply=filter({Funded}/sum gt 1)", "north")]
    [InlineData($"groups?$apply=concat(identity,identity)/filter(isof({Funded}))", "north north")]
    [InlineData($"groups/{Funded}?$apply=compute(sum mul 2 as twice)/filter(twice gt 20000)", "north")]
    public void Cast_InPathOrExpression_ReturnsDerivedEntities(string url, string codes)
    {
        var shown = engine.GetJson(url).GetProperty("value").EnumerateArray().Select(group => group.GetProperty("code").GetString());

        Assert.Equal(codes, string.Join(' ', shown));
    }

    [Theory]
    [InlineData("details/origin/Sampling.ExactOrigin/error lt 1", "2")]
    [InlineData("isof(details/origin,Sampling.ExactOrigin)", "2")]
    [InlineData("details/origin/country ne null", "1 2")]
    [InlineData($"group/{Funded}/sum gt 1", "2 3")]
    [InlineData($"group/{Funded} eq null", "1 4")]
    [InlineData("leads/any(g:g/sum gt 1)", "2")]
    [InlineData($"$root/groups/{Funded}('north')/sum gt 1", "1 2 3 4")]
    [InlineData($"$root/groups/{Funded}/$count eq 1", "1 2 3 4")]
    public void Cast_OtherType_IsNull(string filter, string ids)
    {
        var shown = engine.GetJson("samples?$select=id&$filter=" + Uri.EscapeDataString(filter)).GetProperty("value").EnumerateArray().Select(sample => sample.GetProperty("id").GetInt32());

        Assert.Equal(ids, string.Join(' ', shown));
    }

    [Theory]
    [InlineData($"groups?$select=code,{Funded}/sum",
        """[{"code":"field"},{"@type":"#Sampling.FundedGroup","code":"north","sum":10000.25},{"code":"old"}]""")]
    [InlineData($"groups?$select=code,{Funded}/state",
        """[{"code":"field"},{"@type":"#Sampling.FundedGroup","code":"north","state":"Planned"},{"code":"old"}]""")]
    [InlineData($"groups?$select=code&$expand={Funded}/leader($select=id)",
        """[{"code":"field"},{"@type":"#Sampling.FundedGroup","code":"north","leader":{"id":2}},{"code":"old"}]""")]
    [InlineData($"groups/{Funded}?$select=code,sum", """[{"code":"north","sum":10000.25}]""")]
    [InlineData($"samples?$select=id&$expand=group/{Funded}($select=code,term)&$top=2",
        """[{"id":1,"group":null},{"id":2,"group":{"@type":"#Sampling.FundedGroup","code":"north","term":"P90D"}}]""")]
    [InlineData("samples?$select=id&$expand=group($select=code)&$top=2",
        """[{"id":1,"group":{"code":"field"}},{"id":2,"group":{"@type":"#Sampling.FundedGroup","code":"north"}}]""")]
    [InlineData("samples?$select=id&$expand=leads($select=code)&$filter=id eq 2", """[{"id":2,"leads":[{"code":"north"}]}]""")]
    [InlineData("samples?$select=id,details/origin&$top=2",
        """[{"id":1,"details":{"origin":{"country":"SE","rank":1}}},{"id":2,"details":{"origin":{"@type":"#Sampling.ExactOrigin","country":"NO","rank":2,"point":{"type":"Point","coordinates":[25.78,71.17]},"error":0.5}}}]""")]
    [InlineData("samples?$select=id,details/origin/Sampling.ExactOrigin/error&$filter=id eq 2",
        """[{"id":2,"details":{"origin":{"@type":"#Sampling.ExactOrigin","error":0.5}}}]""")]
    [InlineData($"groups?$apply=aggregate({Funded}/sum with max as most,$count as n)",
        """[{"@id":null,"most@type":"#Decimal","most":10000.25,"n@type":"#Decimal","n":3}]""")]
    [InlineData($"groups?$apply=groupby(({Funded}/sum),aggregate($count as n))",
        """[{"@id":null,"sum@type":"#Decimal","sum":null,"n@type":"#Decimal","n":2},{"@id":null,"sum@type":"#Decimal","sum":10000.25,"n@type":"#Decimal","n":1}]""")]
    public void Collection_DerivedRows_HaveTypeAndItsProperties(string url, string value)
    {
        Assert.Equal(value, engine.GetJson(url, ("OData-MaxVersion", "4.01")).GetProperty("value").GetRawText());
    }

    [Theory]
    [InlineData("groups('north')", "groups/$entity")]
    [InlineData($"groups('north')/{Funded}", $"groups/{Funded}/$entity")]
    [InlineData($"groups/{Funded}('north')", $"groups/{Funded}/$entity")]
    [InlineData($"groups/{Funded}/north", $"groups/{Funded}/$entity")]
    [InlineData($"groups/{Funded}", $"groups/{Funded}")]
    [InlineData($"groups?$select=code,{Funded}/sum", $"groups(code,{Funded}/sum)")]
    [InlineData($"groups?$expand={Funded}/leader($select=id)", $"groups({Funded}/leader(id))")]
    [InlineData($"$entity/{Funded}?$id=groups('north')", $"groups/{Funded}/$entity")]
    [InlineData("samples(2)/leads", $"groups/{Funded}")]
    [InlineData($"samples(2)/group/{Funded}/leader", "samples/$entity")]
    [InlineData($"groups('north')/{Funded}/sum", $"groups('north')/{Funded}/sum")]
    public void ContextUrl_DerivedType_IncludesType(string url, string fragment)
    {
        Assert.Equal(SampleEngine.Root + "$metadata#" + fragment, engine.GetJson(url).GetProperty("@odata.context").GetString());
    }

    [Theory]
    [InlineData($"groups('field')/{Funded}", 404, "NotFound")]
    [InlineData($"groups/{Funded}('field')", 404, "NotFound")]
    [InlineData($"groups('field')/{Funded}/sum", 404, "NotFound")]
    [InlineData($"$entity/{Funded}?$id=groups('old')", 404, "NotFound")]
    [InlineData("samples(1)/details/origin/Sampling.ExactOrigin", 404, "NotFound")]
    [InlineData("groups('north')/Sampling.Sample", 404, "NotFound")]
    [InlineData("groups('north')/sum", 404, "NotFound")]
    [InlineData("groups?$filter=sum gt 1", 400, "UnknownProperty")]
    [InlineData("groups?$select=sum", 400, "UnknownProperty")]
    [InlineData("groups?$filter=Sampling.Sample/id eq 1", 400, "UnknownProperty")]
    [InlineData("groups?$filter=cast(Sampling.Sample) ne null", 400, "TypeMismatch")]
    [InlineData($"groups?$select={Funded}", 400, "Syntax")]
    [InlineData($"groups?$apply=groupby(({Funded}/name))", 501, "NotSupported")]
    public void Cast_UnrelatedType_IsRejected(string url, int status, string code)
    {
        Assert.Equal((status, code), engine.GetError(url));
    }

    [Theory]
    [InlineData("groups", 3)]
    [InlineData($"groups?$select=code,{Funded}/sum,{Funded}/name", 3)]
    [InlineData($"groups?$expand=samples,{Funded}/leader($select=id)", 3)]
    [InlineData($"groups/{Funded}?$expand=*", 1)]
    [InlineData("samples?$expand=group,leads", 4)]
    [InlineData("samples(2)/leads?$select=sum,reference,term,state", 1)]
    public async Task Collection_EachMetadataLevel_ReadsBack(string url, int count)
    {
        foreach (var format in PayloadFormat.All.Where(format => format.Metadata != "none"))
        {
            var entities = client.Reader.Entities(await client.GetAsync(url, format));

            Assert.Equal(count, entities.Items.Count);
        }
    }

    [Fact]
    public async Task Entity_DerivedType_ReadsBack()
    {
        foreach (var format in PayloadFormat.All.Where(format => format.Metadata != "none"))
        {
            var group = client.Reader.Entity(await client.GetAsync("groups('north')", format));

            Assert.Equal(Funded, group.Type);
            Assert.Equal(10000.25m, group["sum"]);
            Assert.Equal(new Guid("11111111-2222-3333-4444-555555555555"), group["reference"]);
            Assert.Equal(TimeSpan.FromDays(90), group["term"]);
            Assert.Equal("Planned", group["state"]);
        }
    }

    [Fact]
    public void Entity_FullMetadata_LinksDerivedNavigationThroughType()
    {
        var group = engine.GetJson("groups('north')?$format=application/json;odata.metadata=full");

        Assert.Equal("#" + Funded, group.GetProperty("@odata.type").GetString());
        Assert.Equal($"groups('north')/{Funded}/leader", group.GetProperty("leader@odata.navigationLink").GetString());
        Assert.Equal("groups('north')/samples", group.GetProperty("samples@odata.navigationLink").GetString());
    }

    [Fact]
    public void Delta_DerivedEntity_HasType()
    {
        var groups = FixedSamples.Groups.Select(group => group is FundedGroup funded ? funded with { Sum = 1m } : group).ToList();
        var changed = new SampleEngine(null, FixedSamples.Tables, SampleModel.Tables(FixedSamples.Samples, groups, revision: 2));

        var delta = changed.GetJson(DeltaUrlBuilder.Since(FixedSamples.Tables, $"groups?$select=code,{Funded}/sum"), ("OData-MaxVersion", "4.01"));

        Assert.Equal("""[{"@type":"#Sampling.FundedGroup","code":"north","sum":1}]""", delta.GetProperty("value").GetRawText());
    }

    [Fact]
    public void Metadata_EachFormat_ReadsBackBaseTypesAndEnums()
    {
        var document = new MetadataDocument(SampleModel.Model, new MetadataOptions());

        foreach (var xml in (ReadOnlyMemory<byte>[])[document.Xml40, document.Xml401])
        {
            using var reader = System.Xml.XmlReader.Create(new MemoryStream(xml.ToArray()));
            Assert.True(CsdlReader.TryParse(reader, out var edm, out var errors), string.Join('\n', errors));
            Assert.True(edm.Validate(out errors), string.Join('\n', errors));

            var funded = (IEdmEntityType)edm.FindDeclaredType(Funded);
            Assert.Equal("Sampling.Group", funded.BaseEntityType().FullTypeName());
            Assert.Equal(["sum", "reference", "term", "leaderId", "leader"], funded.DeclaredProperties.Select(property => property.Name));
            Assert.Equal("Sampling.Origin", ((IEdmComplexType)edm.FindDeclaredType("Sampling.ExactOrigin")).BaseComplexType().FullTypeName());
            Assert.Equal(["Planned", "Open", "Closed"], ((IEdmEnumType)edm.FindDeclaredType("Sampling.State")).Members.Select(member => member.Name));
            var bindings = edm.EntityContainer.FindEntitySet("groups").NavigationPropertyBindings.Select(binding => $"{binding.Path.Path} {binding.Target.Name}");
            Assert.Equal([$"{Funded}/leader samples", "samples samples"], bindings.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Table_DerivedColumns_AreNullForBaseRows()
    {
        var groups = FixedSamples.Tables["groups"];

        Assert.Equal(["Group", "FundedGroup", "Group"], Enumerable.Range(0, groups.Count).Select(row => groups.GetRowType(row).Name));
        Assert.Equal([true, false, true], Enumerable.Range(0, groups.Count).Select(groups["sum"].IsNull));
        Assert.False(groups.IsUniform);
        Assert.True(FixedSamples.Tables["samples"]["parts"].IsUniform);
    }

    [Fact]
    public void DerivedType_DuplicateProperty_Throws()
    {
        var root = new StructuredType("N", "Root", [new Property("id", PrimitiveType.Int32, nullable: false)], ["id"]);
        StructuredType.CreateDerived(root, "N", "One", [new Property("more", PrimitiveType.String, nullable: true)]);

        Assert.Throws<ArgumentException>(() => StructuredType.CreateDerived(root, "N", "Two", [new Property("id", PrimitiveType.String, nullable: true)]));
        Assert.Throws<ArgumentException>(() => StructuredType.CreateDerived(root, "N", "Three", [new Property("more", PrimitiveType.String, nullable: true)]));
    }
}
