using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ServiceOffices.Web.Tests.Stability;

/// <summary>Tests the comparison with sample contracts: it reports breaking changes only.</summary>
public sealed class ApiSurfaceTests
{
    private const string Contract = """
        {"paths":{"/a":{"get":{"parameters":[{"$ref":"#/components/parameters/q"},{"name":"s","in":"query","schema":{"enum":["x","y"]}}],
        "responses":{"200":{"headers":{"ETag":{}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}},"404":{}}}}},
        "components":{"parameters":{"q":{"name":"q","in":"query"}},
        "schemas":{"A":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"at":{"type":["string","null"],"format":"date"},"parts":{"type":"array","items":{"type":"integer"}}}}}}}
        """;

    private const string Metadata = """
        <Schema><EntityType Name="Office"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
        <Property Name="name" Type="Edm.String"/></EntityType><EntityContainer><EntitySet Name="offices" EntityType="S.Office"/></EntityContainer></Schema>
        """;

    [Theory]
    [InlineData("a route is renamed", "\"/a\"", "\"/b\"", "GET /a")]
    [InlineData("a method goes", "\"get\"", "\"post\"", "GET /a")]
    [InlineData("a parameter is renamed", "\"name\":\"q\"", "\"name\":\"query\"", "GET /a takes query q")]
    [InlineData("a parameter is required", "\"name\":\"q\",", "\"name\":\"q\",\"required\":true,", "GET /a takes query q, not required")]
    [InlineData("a parameter loses a value", "[\"x\",\"y\"]", "[\"x\"]", "GET /a takes query s of y")]
    [InlineData("a status goes", ",\"404\":{}", "", "GET /a answers 404")]
    [InlineData("a header goes", "\"ETag\":{}", "", "GET /a answers 200 with ETag")]
    [InlineData("a media type changes", "application/json", "application/xml", "GET /a answers 200 as application/json")]
    [InlineData("a schema is replaced", "schemas/A\"", "schemas/B\"", "GET /a answers 200 as application/json is #/components/schemas/A")]
    [InlineData("a property is renamed", "\"at\":", "\"on\":", "schema A.at is string or null (date)")]
    [InlineData("a type changes", "\"id\":{\"type\":\"string\"}", "\"id\":{\"type\":\"integer\"}", "schema A.id is string")]
    [InlineData("a property may be null", "\"id\":{\"type\":\"string\"}", "\"id\":{\"type\":[\"string\",\"null\"]}", "schema A.id is string")]
    [InlineData("a format changes", "\"date\"", "\"date-time\"", "schema A.at is string or null (date)")]
    [InlineData("a property may be absent", "[\"id\"]", "[]", "schema A always has id")]
    [InlineData("an item's type changes", "\"integer\"", "\"number\"", "schema A.parts[] is integer")]
    [InlineData("a key is needed", "\"responses\":", "\"security\":[{\"key\":[]}],\"responses\":", "GET /a is open")]
    public void OpenApi_Narrowed_IsBreaking(string description, string before, string after, string broken)
    {
        Assert.Contains(before, Contract, StringComparison.Ordinal);

        var found = ApiSurface.FindBreakingChanges(OpenApi(Contract), OpenApi(Contract.Replace(before, after, StringComparison.Ordinal)));

        Assert.True(found.Contains(broken), $"{description}: {string.Join("; ", found)}");
    }

    [Fact]
    public void OpenApi_Widened_IsCompatible()
    {
        var wider = Contract
            .Replace("\"404\":{}", "\"404\":{},\"410\":{}", StringComparison.Ordinal)
            .Replace("[\"x\",\"y\"]", "[\"x\",\"y\",\"z\"]", StringComparison.Ordinal)
            .Replace("\"properties\":{", "\"properties\":{\"new\":{\"type\":\"string\"},", StringComparison.Ordinal)
            .Replace("\"paths\":{", "\"paths\":{\"/new\":{\"get\":{\"responses\":{\"200\":{}}}},", StringComparison.Ordinal);

        Assert.Empty(ApiSurface.FindBreakingChanges(OpenApi(Contract), OpenApi(wider)));
    }

    [Theory]
    [InlineData("<Property Name=\"name\"", "<Property Name=\"title\"", "type Office.name is Edm.String")]
    [InlineData("Type=\"Edm.String\" Nullable=\"false\"", "Type=\"Edm.String\"", "type Office.id is Edm.String, never null")]
    [InlineData("Type=\"Edm.String\"/>", "Type=\"Edm.Int32\"/>", "type Office.name is Edm.String")]
    [InlineData("PropertyRef Name=\"id\"", "PropertyRef Name=\"name\"", "type Office has the key id")]
    [InlineData("EntitySet Name=\"offices\"", "EntitySet Name=\"Offices\"", "set offices of S.Office")]
    public void Metadata_Narrowed_IsBreaking(string before, string after, string broken)
    {
        Assert.Contains(before, Metadata, StringComparison.Ordinal);

        var found = ApiSurface.FindBreakingChanges(OData(Metadata), OData(Metadata.Replace(before, after, StringComparison.Ordinal)));

        Assert.Contains(broken, found);
    }

    [Fact]
    public void Settings_Renamed_IsBreaking() =>
        Assert.Equal(["setting A:B"], ApiSurface.FindBreakingChanges(ApiSurface.FromSettings(["| setting |", "| `A:B` | `1` |"]), ApiSurface.FromSettings(["| `A:C` | `1` |"])));

    [Theory]
    [InlineData("A:B must be a whole number from 1 to 10; got 'x'.", new string[0])]
    [InlineData("A:B must be a whole number from 0 to 20; got 'x'.", new string[0])]
    [InlineData("A:B must be a whole number from 2 to 10; got 'x'.", new[] { "setting A:B takes 1" })]
    [InlineData("A:B must be a whole number from 1 to 9; got 'x'.", new[] { "setting A:B takes 10" })]
    public void Range_Narrowed_IsBreaking(string problems, string[] broken)
    {
        var promised = ApiSurface.FromRanges("A:B must be a whole number from 1 to 10; got 'x'.", []).ToList();

        Assert.Equal(broken, ApiSurface.FindBreakingChanges(promised, ApiSurface.FromRanges(problems, promised)));
    }

    private static IEnumerable<string> OpenApi(string json) => ApiSurface.FromOpenApi(JsonNode.Parse(json)!);

    private static IEnumerable<string> OData(string xml) => ApiSurface.FromMetadata(XDocument.Parse(xml));
}
