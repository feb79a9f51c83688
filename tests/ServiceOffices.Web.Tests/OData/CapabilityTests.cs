using System.Text;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Testing.Payloads;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>Compares the capabilities in <c>$metadata</c> with the behaviour of the service.</summary>
public sealed class CapabilityTests
{
    private static readonly ODataOptions Options = new();

    private readonly ODataService service;

    public CapabilityTests(TwoRevisionsFixture published)
    {
        var time = new FakeTimeProvider(TwoRevisionsFixture.SecondPublishedAt);
        service = new ODataService(RegisterModel.Model, Options, new PublicationTableSource(published.Current, time), time);
    }

    public static TheoryData<string> Sets => [.. RegisterModel.Model.Sets.Select(set => set.Name)];

    public static TheoryData<string> Functions => [.. Options.Metadata.FilterFunctions];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task SortRestrictions_EachProperty_MatchBehaviour(string set)
    {
        var type = RegisterModel.Model.Find(set)!.Type;
        var unsortable = Annotations(set).Properties("SortRestrictions", "NonSortableProperties");

        foreach (var property in type.Properties.Where(property => !property.IsNavigation))
        {
            Assert.Equal(unsortable.Contains(property.Name) ? 400 : 200, await StatusAsync($"{set}?$orderby={property.Name}&$top=1"));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Restrictions_EachSet_MatchBehaviour(string set)
    {
        var annotations = Annotations(set);

        Assert.Equal(annotations.Flag("SearchRestrictions", "Searchable"), await StatusAsync($"{set}?$search=xyz") == 200);
        Assert.Equal(annotations.Flag("FilterRestrictions", "Filterable"), await StatusAsync($"{set}?$filter=true&$top=1") == 200);
        Assert.Equal(annotations.Flag("CountRestrictions", "Countable"), await StatusAsync($"{set}/$count") == 200);
        Assert.Equal(annotations.Flag("TopSupported"), await StatusAsync($"{set}?$top=1") == 200);
        Assert.Equal(annotations.Flag("SkipSupported"), await StatusAsync($"{set}?$skip=1") == 200);
        Assert.Equal(annotations.Flag("ComputeSupported"), await StatusAsync($"{set}?$compute=1 add 1 as two&$top=1") == 200);
        Assert.Equal(annotations.Flag("IndexableByKey"), await StatusAsync($"{set}({Key(set)})") == 404);
        Assert.Equal(annotations.Flag("InsertRestrictions", "Insertable"), await StatusAsync(set, method: "POST") != 405);
        Assert.Equal(annotations.Flag("UpdateRestrictions", "Updatable"), await StatusAsync($"{set}({Key(set)})", method: "PATCH") != 405);
        Assert.Equal(annotations.Flag("DeleteRestrictions", "Deletable"), await StatusAsync($"{set}({Key(set)})", method: "DELETE") != 405);
        Assert.Equal(annotations.Flag("ChangeTracking", "Supported"), (await BodyAsync(set, prefer: "track-changes")).Contains("@odata.deltaLink", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExpandRestrictions_MaxLevels_IsEnforced()
    {
        var levels = Annotations("offices").Number("ExpandRestrictions", "MaxLevels");

        Assert.Equal(Options.Limits.MaxExpandDepth, levels);
        Assert.Equal(200, await StatusAsync("offices?$top=1&$expand=" + Nested(levels)));
        Assert.Equal(400, await StatusAsync("offices?$top=1&$expand=" + Nested(levels + 1)));

        static string Nested(int depth) => Enumerable.Range(1, depth).Reverse().Aggregate("", (inner, level) =>
            (level % 2 == 1 ? "events" : "office") + (inner.Length == 0 ? "" : $"($expand={inner})"));
    }

    [Theory]
    [InlineData("Filterable", "$filter=agency ne null")]
    [InlineData("TopSupported", "$top=1")]
    [InlineData("SkipSupported", "$skip=1")]
    [InlineData("ComputeSupported", "$compute=length(agency) as n;$select=n")]
    [InlineData("Countable", "$count=true")]
    [InlineData("Sortable", "$orderby=agency")]
    [InlineData("Searchable", "$search=x")]
    [InlineData("Expandable", "$expand=x")]
    public async Task SelectSupport_NestedOption_MatchesBehaviour(string claim, string option)
    {
        Assert.Equal(Annotations("offices").Flag("SelectSupport", claim), await StatusAsync($"offices?$top=1&$select=services({option})") == 200);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task FilterFunctions_EachName_IsSupported(string name)
    {
        var filter = name switch
        {
            "or" or "and" => $"true {name} true",
            "eq" or "ne" or "gt" or "ge" or "lt" or "le" => $"1 {name} 1",
            "add" or "sub" or "mul" or "div" or "divby" or "mod" => $"1 {name} 1 eq 1",
            "not" => "not false",
            "in" => "id in ('a','b')",
            "any" => "sources/any()",
            "all" => "sources/all(s:s ne null)",
            // The register has no enumeration; the error shows that the operator is supported.
            "has" => "id has 'a'",
            _ => $"{name}(1,2,3,4,5)",
        };

        var response = await BodyAsync("offices?$top=1&$filter=" + filter);

        // The error for wrong arguments differs from the one for an unknown function.
        Assert.Contains(filter.EndsWith("(1,2,3,4,5)", StringComparison.Ordinal) || name == "has" ? "\"error\"" : "\"value\"", response, StringComparison.Ordinal);
        Assert.DoesNotContain("UnknownFunction", response, StringComparison.Ordinal);
        Assert.Contains("UnknownFunction", await BodyAsync("offices?$filter=nosuch(1,2,3,4,5)"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task ApplySupported_EachProperty_MatchesBehaviour(string set)
    {
        var annotations = Annotations(set);
        var groupable = annotations.GroupableProperties;
        var aggregatable = annotations.AggregatableProperties;

        foreach (var property in RegisterModel.Model.Find(set)!.Type.Properties)
        {
            Assert.Equal(groupable.Contains(property.Name) ? 200 : 400, await StatusAsync($"{set}?$apply=groupby(({property.Name}))&$top=1"));
            foreach (var method in property.IsNavigation ? Array.Empty<string>() : ["sum", "average", "min", "max", "countdistinct"])
            {
                var isSupported = aggregatable.TryGetValue(property.Name, out var methods) && methods?.Contains(method) != false;
                Assert.Equal((method, isSupported ? 200 : 400), (method, await StatusAsync($"{set}?$apply=aggregate({property.Name} with {method} as x)")));
            }
        }
    }

    [Fact]
    public async Task ApplySupportedDefaults_Transformations_MatchBehaviour()
    {
        var supported = Annotations(null).Strings("Aggregation", "ApplySupportedDefaults", "Transformations");
        (string Name, string Example)[] all =
        [
            ("aggregate", "aggregate($count as n)"), ("groupby", "groupby((kind))"), ("concat", "concat(identity,identity)"), ("identity", "identity"),
            ("filter", "filter(true)"), ("search", "search(x)"), ("join", "join(events as e)"), ("outerjoin", "outerjoin(events as e)"),
            ("compute", "compute(1 as one)"), ("orderby", "orderby(id)"), ("top", "top(1)"), ("skip", "skip(1)"),
            ("topcount", "topcount(1,length(id))"), ("topsum", "topsum(1,length(id))"), ("toppercent", "toppercent(1,length(id))"),
            ("bottomcount", "bottomcount(1,length(id))"), ("bottomsum", "bottomsum(1,length(id))"), ("bottompercent", "bottompercent(1,length(id))"),
            ("nest", "nest(identity as x)"), ("addnested", "addnested(events,identity as x)"), ("ancestors", "ancestors($root/offices,x,id,identity)"),
            ("descendants", "descendants($root/offices,x,id,identity)"), ("traverse", "traverse($root/offices,x,id,preorder)"),
        ];

        Assert.Empty(supported.Except(all.Select(one => one.Name)));
        foreach (var (name, example) in all)
        {
            Assert.Equal((name, supported.Contains(name) ? 200 : 501), (name, await StatusAsync("offices?$apply=" + example)));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task ApplicationTimeSupport_EachSet_MatchesBehaviour(string set) =>
        Assert.Equal(Annotations(set).Has("Temporal", "ApplicationTimeSupport"), await StatusAsync($"{set}?$at=2024-01-01&$top=1") == 200);

    [Fact]
    public async Task Container_SupportedFeatures_Return200()
    {
        var annotations = Annotations(null);

        Assert.Equal(annotations.Flag("KeyAsSegmentSupported"), await StatusAsync("offices/storuman") == 200);
        Assert.Equal(annotations.Flag("CrossJoinSupported"), await StatusAsync("$crossjoin(counties,agencies)?$top=1") == 200);
        Assert.Equal(annotations.Flag("AsynchronousRequestsSupported"), await StatusAsync("offices?$top=1", prefer: "respond-async") == 202);
        Assert.Equal(annotations.Flag("QuerySegmentSupported"), await StatusAsync("offices/$query", "POST", contentType: "text/plain", body: "$top=1") == 200);
        Assert.Equal(annotations.Flag("BatchSupported"), await StatusAsync("$batch", "POST", contentType: "application/json", body: """{"requests":[]}""") == 200);
    }

    private static CapabilityAnnotations Annotations(string? set) =>
        new(MetadataDocument.CreateEdmModel(RegisterModel.Model, Options.Metadata, "xml"), set);

    /// <summary>The key of no entity.</summary>
    private static string Key(string set) => string.Join(',', RegisterModel.Model.Find(set)!.Type.Key.Select(part => part.Name + "=" + part.Type.FullName switch
    {
        "Edm.String" => "'nosuch'",
        "Edm.Date" => "1900-01-01",
        _ => "987654321",
    }));

    private async Task<int> StatusAsync(string url, string method = "GET", string? prefer = null, string? contentType = null, string body = "") =>
        (await AnswerAsync(url, method, prefer, contentType, body)).Status;

    private async Task<string> BodyAsync(string url, string? prefer = null) =>
        Encoding.UTF8.GetString((await AnswerAsync(url, "GET", prefer, null, "")).Body.Span);

    private async Task<ODataResponse> AnswerAsync(string url, string method, string? prefer, string? contentType, string body)
    {
        var parts = url.Split('?', 2);
        var request = new ODataRequest(
            method, parts[0], parts.Length == 1 ? "" : parts[1].Replace(" ", "%20", StringComparison.Ordinal),
            name => name switch { "Prefer" => prefer, "Content-Type" => contentType, _ => null }, PayloadClient.Root)
        {
            Body = Encoding.UTF8.GetBytes(body),
        };
        return await service.HandleAsync(request, TestContext.Current.CancellationToken);
    }
}
