using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary><c>$all</c> and <c>$all/Type</c> (OData 4.01 Part 2, 4.16; Part 1, 10.19).</summary>
public sealed class AllResourceTests
{
    private const string Funded = "Sampling.FundedGroup";

    private static readonly SampleEngine Engine = new(null, FixedSamples.Tables);

    private static readonly TypeMapping<Boat> BoatType = new TypeMapping<Boat>("Fleet", "Boat").HasProperty("sails", boat => boat.Sails);

    private static readonly TypeMapping<Vehicle> VehicleType = new TypeMapping<Vehicle>("Fleet", "Vehicle")
        .HasKey("id").HasProperty("id", vehicle => vehicle.Id).HasProperty("name", vehicle => vehicle.Name).HasDerivedType(BoatType);

    private static readonly EntityModel Fleet = new("Fleet",
    [
        new EntitySet("owned", VehicleType.Type, "name"), new EntitySet("rented", VehicleType.Type, "name"),
    ]);

    private static readonly ODataService FleetService = new(Fleet, new ODataOptions(), new InMemoryTableSource(new TableSetBuilder(Fleet)
        .Add("owned", VehicleType, [new Vehicle(1, "van"), new Boat(2, "dinghy", 1)])
        .Add("rented", VehicleType, [new Vehicle(1, "car"), new Vehicle(3, null), new Boat(9, "yacht", 3)])
        .Build(1, SampleEngine.Now)), new FakeTimeProvider(SampleEngine.Now));

    [Fact]
    public void All_Entities_HaveContextOfTheirSet()
    {
        var json = Engine.GetJson("$all");

        Assert.Equal(SampleEngine.Root + "$metadata#Collection(Edm.EntityType)", json.GetProperty("@odata.context").GetString());
        var contexts = json.GetProperty("value").EnumerateArray().Select(item => item.EnumerateObject().First()).ToList();
        Assert.All(contexts, context => Assert.Equal("@odata.context", context.Name));
        Assert.Equal(
            [.. Enumerable.Repeat("#samples/$entity", 4), "#groups/$entity", $"#groups/{Funded}/$entity", "#groups/$entity"],
            contexts.Select(context => context.Value.GetString()!.Split("$metadata")[1]));
    }

    [Theory]
    [InlineData("application/json;metadata=full", true)]
    [InlineData("application/json;metadata=none", false)]
    public void All_MetadataLevel_DecidesContext(string accept, bool hasContext)
    {
        var item = Engine.GetJson("$all?$top=1", ("Accept", accept), ("OData-MaxVersion", "4.01")).GetProperty("value")[0];

        Assert.Equal(hasContext, item.TryGetProperty("@context", out _));
        Assert.Equal(hasContext, item.TryGetProperty("@type", out _));
    }

    [Theory]
    [InlineData($"$all/{Funded}", "#Collection(Sampling.FundedGroup)", $"#groups/{Funded}/$entity")]
    [InlineData("$all/Sampling.Sample?$select=id,name", "#Collection(Sampling.Sample)(id,name)", "#samples(id,name)/$entity")]
    public void Type_ContextUrls_NameTypeAndSet(string url, string collection, string entity)
    {
        var json = Engine.GetJson(url);

        Assert.EndsWith("$metadata" + collection, json.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("$metadata" + entity, json.GetProperty("value")[0].GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fleet.Vehicle", "van dinghy car - yacht")]
    [InlineData("Fleet.Boat", "dinghy yacht")]
    [InlineData("Fleet.Vehicle?$orderby=name desc", "yacht van dinghy car -")]
    [InlineData("Fleet.Vehicle?$orderby=id desc,name&$skip=1&$top=3", "- dinghy car")]
    [InlineData("Fleet.Vehicle?$filter=id eq 1&$orderby=name", "car van")]
    [InlineData("Fleet.Vehicle?$filter=Fleet.Boat/sails gt 0&$orderby=Fleet.Boat/sails desc", "yacht dinghy")]
    [InlineData("Fleet.Boat?$filter=sails eq 3", "yacht")]
    [InlineData("Fleet.Vehicle?$search=car", "car")]
    [InlineData("Fleet.Vehicle?$compute=id mul 2 as twice&$filter=twice gt 5&$orderby=twice desc", "yacht -")]
    public void Type_SeveralSets_AreQueriedTogether(string url, string names)
    {
        var items = GetFleet("$all/" + url).GetProperty("value").EnumerateArray();

        Assert.Equal(names, string.Join(' ', items.Select(item => item.GetProperty("name").GetString() ?? "-")));
    }

    [Fact]
    public void Type_SeveralSets_HaveIdAndContextOfTheirSet()
    {
        var items = GetFleet("$all/Fleet.Boat").GetProperty("value").EnumerateArray().ToList();

        Assert.Equal(["owned(2)", "rented(9)"], items.Select(item => item.GetProperty("@odata.id").GetString()));
        Assert.Equal(["owned/Fleet.Boat/$entity", "rented/Fleet.Boat/$entity"], items.Select(item => item.GetProperty("@odata.context").GetString()!.Split('#')[1]));
    }

    [Theory]
    [InlineData("$all/$count", "7")]
    [InlineData("$all/$count?$search=northern", "3")]
    [InlineData("$all/Sampling.Sample/$count", "4")]
    [InlineData("$all/Sampling.Sample/$count?$filter=whole gt 5", "2")]
    public void Count_OfAll_IsNumber(string url, string count) => Assert.Equal(count, Encoding.UTF8.GetString(Engine.Get(url).Body.Span));

    [Fact]
    public void Count_InCollection_IgnoresPaging()
    {
        var json = Engine.GetJson("$all/Sampling.Sample?$count=true&$skip=1&$top=2&$filter=id gt 1");

        Assert.Equal((3, 2), (json.GetProperty("@odata.count").GetInt32(), json.GetProperty("value").GetArrayLength()));
    }

    [Fact]
    public void Expand_OfType_ReturnsRelatedEntities()
    {
        var item = Engine.GetJson("$all/Sampling.Sample?$filter=id eq 3&$expand=group($select=code)").GetProperty("value")[0];

        Assert.Equal("north", item.GetProperty("group").GetProperty("code").GetString());
    }

    [Theory]
    // Part 1, 9.3.1: allowed for collections of entities, but not supported without a type, whose properties are unknown.
    [InlineData("$all?$filter=true", 501)]
    [InlineData("$all?$orderby=name", 501)]
    [InlineData("$all?$select=name", 501)]
    [InlineData("$all?$expand=*", 501)]
    [InlineData("$all/Sampling.Sample?$apply=aggregate($count as n)", 501)]
    [InlineData("$all/$count?$filter=true", 501)]
    [InlineData("$all/Sampling.Sample?$filter=nothing eq 1", 400)]
    [InlineData("$all/Sampling.Sample?$deltatoken=1", 400)]
    [InlineData("$all/Sampling.Sample/$count?$format=json", 400)]
    [InlineData("$all/Sampling.Details", 404)]
    [InlineData("$all/Sample", 404)]
    [InlineData("$all/Sampling.Sample(1)", 404)]
    [InlineData("$all/Sampling.Sample/name", 404)]
    [InlineData("$all/Sampling.Sample/Sampling.Sample", 404)]
    [InlineData("$all/$count/$count", 404)]
    public void Invalid_Request_ReturnsStatus(string url, int status) => Assert.Equal(status, Engine.Get(url).Status);

    [Fact]
    public void OmitValues_OfAll_IsApplied()
    {
        var response = Engine.Get("$all?$top=1&$skip=2", ("Prefer", "omit-values=nulls"));

        Assert.Contains(("Preference-Applied", "omit-values=nulls"), response.Headers);
        Assert.DoesNotContain("null", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    private static JsonElement GetFleet(string url)
    {
        var parts = url.Split('?');
        var request = new ODataRequest("GET", parts[0], parts.Length > 1 ? parts[1] : "", _ => null, new Uri(SampleEngine.Root));
        var response = FleetService.HandleAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status == 200, $"{url}: {response.Status} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private record Vehicle(int Id, string? Name);

    private sealed record Boat(int Id, string? Name, int Sails) : Vehicle(Id, Name);
}
