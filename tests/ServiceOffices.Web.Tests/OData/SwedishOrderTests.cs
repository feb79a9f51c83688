using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Execution.Indexes;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>The order of names (OData 4.01 Part 1, 11.2.6.2): the same in every query option, with and without indexes.</summary>
public sealed class SwedishOrderTests(TwoRevisionsFixture published)
{
    public static TheoryData<bool> Indexing => [true, false];

    [Theory]
    [MemberData(nameof(Indexing))]
    public async Task OrderBy_Names_IsSwedishOrderWithContentLanguage(bool indexed)
    {
        var service = CreateService(indexed);
        var (response, names) = await GetNamesAsync(service, "municipalities?$orderby=name&$select=name");

        Assert.Equal(names.Order(SwedishCollation.Comparer), names);
        Assert.True(names.IndexOf("Vårgårda") < names.IndexOf("Vänersborg"));
        Assert.Equal("Övertorneå", names[^1]);
        Assert.Contains(("Content-Language", "sv"), response.Headers);
        Assert.Equal(names.Reverse<string>(), (await GetNamesAsync(service, "municipalities?$orderby=name desc&$select=name")).Names);
    }

    [Theory]
    [MemberData(nameof(Indexing))]
    public async Task EveryOption_Names_UsesTheSameOrder(bool indexed)
    {
        var service = CreateService(indexed);
        var (_, all) = await GetNamesAsync(service, "municipalities?$orderby=name&$select=name");

        Assert.Equal(all.SkipWhile(name => name != "Åmål"), (await GetNamesAsync(service, "municipalities?$filter=name ge 'Åmål'&$orderby=name")).Names);
        Assert.Equal(all.TakeWhile(name => name != "Åmål"), (await GetNamesAsync(service, "municipalities?$filter='Åmål' gt name&$orderby=tolower(name)")).Names);
        Assert.Equal(all.TakeLast(3).Reverse(), (await GetNamesAsync(service, "municipalities?$apply=topcount(3,name)&$orderby=name desc")).Names);
        Assert.Equal(all.Take(4), (await GetNamesAsync(service, "municipalities?$apply=groupby((name))/orderby(name)/top(4)")).Names);
        Assert.Equal(all.Take(4), (await GetNamesAsync(service, "municipalities?$apply=compute(name as n)/orderby(n)/top(4)")).Names);
        Assert.Equal([all[0] + " " + all[^1]], (await GetNamesAsync(service, "municipalities?$apply=aggregate(name with min as a,name with max as b)/compute(concat(concat(a,' '),b) as name)")).Names);
        Assert.Equal(all.Skip(100).Take(20), (await GetNamesAsync(service, "municipalities?$orderby=name&$skip=100&$top=20")).Names);
        Assert.Equal(all, await GetPagesAsync(service, "municipalities?$orderby=name&$select=name"));

        var (_, offices) = await GetNamesAsync(service, "offices?$filter=municipality ne null&$orderby=municipality/name,id&$compute=municipality/name as m", "m");
        Assert.Equal(offices.Order(SwedishCollation.Comparer), offices);
        var (_, nested) = await GetNamesAsync(service, "counties('14')/municipalities?$orderby=name");
        Assert.Equal(all.Where(nested.Contains), nested);
        Assert.Contains("Ulricehamn", nested);
        var expanded = await GetJsonAsync(service, "counties('14')?$expand=municipalities($orderby=name)");
        Assert.Equal(nested, expanded.GetProperty("municipalities").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("municipalities?$orderby=code")]
    [InlineData("municipalities?$filter=name eq 'Åmål'")]
    [InlineData("municipalities?$top=1")]
    public async Task OtherOrder_HasNoContentLanguage(string url) =>
        Assert.DoesNotContain((await SendAsync(CreateService(true), url)).Headers, header => header.Name == "Content-Language");

    [Fact]
    public async Task Metadata_Names_AreAnnotatedAsLanguageDependent()
    {
        var text = Encoding.UTF8.GetString((await SendAsync(CreateService(true), "$metadata")).Body.Span);

        Assert.Equal(23, text.Split("Core.IsLanguageDependent").Length - 1);
        Assert.DoesNotContain("IsLanguageDependent", Encoding.UTF8.GetString((await SendAsync(CreateService(true, false), "$metadata")).Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Indexing))]
    public async Task OrdinalOrder_Configured_OrdersByCodeUnitWithAnotherETag(bool indexed)
    {
        var service = CreateService(indexed, usesCollations: false);
        var (response, names) = await GetNamesAsync(service, "municipalities?$orderby=name");

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.DoesNotContain(response.Headers, header => header.Name == "Content-Language");
        Assert.NotEqual(response.ETag, (await GetNamesAsync(CreateService(indexed), "municipalities?$orderby=name")).Response.ETag);
    }

    private ODataService CreateService(bool indexed, bool usesCollations = true)
    {
        var time = new FakeTimeProvider(TwoRevisionsFixture.SecondPublishedAt);
        var options = new ODataOptions { Indexing = indexed ? new IndexOptions() : IndexOptions.Disabled, UsesCollations = usesCollations };
        return new ODataService(RegisterModel.Model, options, new PublicationTableSource(published.Current, time), time);
    }

    private static async Task<(ODataResponse Response, List<string> Names)> GetNamesAsync(ODataService service, string url, string property = "name")
    {
        var response = await SendAsync(service, url);
        var json = JsonDocument.Parse(response.Body).RootElement;
        return (response, [.. json.GetProperty("value").EnumerateArray().Select(item => item.GetProperty(property).GetString()!)]);
    }

    private static async Task<List<string>> GetPagesAsync(ODataService service, string? url)
    {
        var names = new List<string>();
        while (url is not null)
        {
            var json = JsonDocument.Parse((await SendAsync(service, url, "maxpagesize=37")).Body).RootElement;
            names.AddRange(json.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            url = json.TryGetProperty("@odata.nextLink", out var link) ? link.GetString()!["http://localhost/".Length..] : null;
        }

        return names;
    }

    private static async Task<JsonElement> GetJsonAsync(ODataService service, string url) => JsonDocument.Parse((await SendAsync(service, url)).Body).RootElement;

    private static async Task<ODataResponse> SendAsync(ODataService service, string url, string? prefer = null)
    {
        var parts = url.Split('?', 2);
        var request = new ODataRequest("GET", parts[0], parts.Length > 1 ? parts[1] : "", name => name == "Prefer" ? prefer : null, new Uri("http://localhost/"));
        var response = await service.HandleAsync(request, CancellationToken.None);
        Assert.True(response.Status == 200, $"{url}: {response.Status} {Encoding.UTF8.GetString(response.Body.Span)}");
        return response;
    }
}
