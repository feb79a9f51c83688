using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>Tests the register as of a date (<c>$at</c>) and of a revision (<c>revision</c>).</summary>
public sealed class TimelineTests : IDisposable
{
    private readonly TwoRevisionsFixture published;
    private readonly PublicationTableSource source;
    private readonly ODataService service;

    public TimelineTests(TwoRevisionsFixture published)
    {
        this.published = published;
        var time = new FakeTimeProvider(TwoRevisionsFixture.SecondPublishedAt);
        source = new PublicationTableSource(published.Current, time);
        service = new ODataService(RegisterModel.Model, new ODataOptions(), source, time);
    }

    // The offices of the four FA regions opened in June 2020 (functions/ServiceOffices/Seed/events.csv).
    [Theory]
    [InlineData("2019-07-01", "")]
    [InlineData("2020-05-31", "")]
    [InlineData("2020-06-01", "asele,storuman,torsby,vansbro")]
    [InlineData("2020-07-01", "asele,storuman,torsby,vansbro")]
    public async Task At_BeforeAndAfterOpening_HasStatusOfDate(string date, string expected)
    {
        var ids = await IdsAsync($"offices?$at={date}&$filter=status eq 'open' and id in ('storuman','torsby','vansbro','asele')&$select=id");

        Assert.Equal(expected, string.Join(',', ids));
    }

    [Fact]
    public async Task At_BeforeFirstEvent_ExcludesOffice()
    {
        // Its first event is of 2020-01-01.
        Assert.Equal(404, (await GetAsync("offices('kiruna')?$at=2019-12-31")).Status);
        Assert.Equal(200, (await GetAsync("offices('kiruna')?$at=2020-01-01")).Status);
    }

    [Fact]
    public async Task At_Navigation_KeepsDate()
    {
        var torsby = await JsonAsync("municipalities('1737')?$at=2019-07-01&$expand=offices($select=id,status;$expand=events($select=kind)),nearestOpenOffice($select=id,status)");

        Assert.Equal(0, torsby.GetProperty("officesOpen").GetInt32());
        var office = Assert.Single(torsby.GetProperty("offices").EnumerateArray());
        Assert.Equal("proposed", office.GetProperty("status").GetString());
        Assert.Equal("proposed", Assert.Single(office.GetProperty("events").EnumerateArray()).GetProperty("kind").GetString());
        // Only Vimmerby and Eskilstuna are known to be open on that date.
        Assert.Equal("eskilstuna", torsby.GetProperty("nearestOpenOffice").GetProperty("id").GetString());
        var later = await JsonAsync("municipalities('1737')?$at=2020-07-01&$expand=nearestOpenOffice($select=id)");
        Assert.Equal("torsby", later.GetProperty("nearestOpenOffice").GetProperty("id").GetString());
        Assert.Equal(1, later.GetProperty("officesOpen").GetInt32());
    }

    // $at with the date of publication equals no $at.
    [Theory]
    [InlineData("offices")]
    [InlineData("events?$filter=on le 2026-11-23")] // undated sources were read later
    [InlineData("municipalities")]
    [InlineData("counties?$expand=offices,municipalities")]
    [InlineData("networksize")]
    [InlineData("officialcounts")]
    public async Task At_PublicationDate_EqualsCurrent(string url)
    {
        var (_, plain) = await GetAsync(url);
        var (_, dated) = await GetAsync(url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "$at=2026-11-23");

        Assert.Equal(plain, dated);
    }

    // Every date of the timeline of the network, by the timeline and by $at.
    [Fact]
    public async Task At_EachDate_MatchesNetworkSize()
    {
        foreach (var size in (await published.PublicationAsync()).Register.NetworkSizes.Where(size => size.Date.Day % 2 == 1))
        {
            Assert.Equal(size.Open, await CountAsync(size.Date, "open"));
            Assert.Equal(size.Closed, await CountAsync(size.Date, "closed"));
        }
    }

    [Theory]
    [InlineData("offices?$at=2022-13-01", "such as 2022-06-30")]
    [InlineData("offices?$at=2022-06-30T00:00:00Z", "without time or time zone")]
    [InlineData("offices?$at=2022-06-30%2B02:00", "without time or time zone")]
    [InlineData("offices?$at=", "such as 2022-06-30")]
    [InlineData("offices?$at=now", "such as 2022-06-30")]
    [InlineData("offices?$at=1900-01-01", "from 2017-12-05 to 2026-11-23; got 1900-01-01")]
    [InlineData("offices?$at=2026-11-24", "to 2026-11-23; got 2026-11-24")]
    [InlineData("changes?$at=2022-06-30", "offices, events, closings, municipalities")]
    [InlineData("offices('torsby')/changes?$at=2022-06-30", "offices, events, closings, municipalities")]
    [InlineData("publications?$at=2022-06-30", "offices, events, closings, municipalities")]
    [InlineData("$metadata?$at=2022-06-30", "offices, events, closings, municipalities")]
    [InlineData("offices?$at=2022-06-30&at=2022-06-30", "once")]
    [InlineData("offices?revision=0", "whole number from 1")]
    [InlineData("offices?revision=01", "whole number from 1")]
    [InlineData("offices?revision=-1", "whole number from 1")]
    [InlineData("offices?revision=", "whole number from 1")]
    [InlineData("offices?revision=1&Revision=2", "once")]
    [InlineData("offices?revision=99999999999999999999", "whole number from 1")]
    [InlineData("?revision=1", "does not apply to the service document")]
    public async Task Option_Invalid_Returns400WithAllowedValues(string url, string expected)
    {
        var (status, text) = await GetAsync(url);

        Assert.Equal(400, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revision_Earlier_ReturnsPublishedData()
    {
        Assert.Equal(TwoRevisionsFixture.NewName, (await JsonAsync("offices('storuman')?revision=2")).GetProperty("name").GetString());
        Assert.NotEqual(TwoRevisionsFixture.NewName, (await JsonAsync("offices('storuman')?revision=1")).GetProperty("name").GetString());
        Assert.Single((await JsonAsync("publications?revision=1")).GetProperty("value").EnumerateArray());
        Assert.NotEqual(TwoRevisionsFixture.NewName, (await JsonAsync("offices('storuman')?revision=1&$at=2019-07-01")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Revision_Unknown_Returns404NamingLatest()
    {
        var (status, text) = await GetAsync("offices?revision=3");

        Assert.Equal(404, status);
        Assert.Contains("the current revision is 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revision_Given_IsImmutable()
    {
        Assert.True((await AnswerAsync("offices?revision=1&$at=2020-07-01")).IsImmutable);
        Assert.False((await AnswerAsync("offices?$at=2020-07-01")).IsImmutable);
        Assert.False((await AnswerAsync("offices?revision=1&$filter=modifiedAt lt now()")).IsImmutable);
    }

    [Fact]
    public async Task Pages_OfEarlierDate_KeepDate()
    {
        var ids = new List<string>();
        var url = "offices?revision=1&$at=2020-07-01&$select=id&$count=true";
        for (JsonElement page; ; url = page.GetProperty("@odata.nextLink").GetString()!["http://localhost/odata/v1/".Length..])
        {
            page = await JsonAsync(url, ("Prefer", "maxpagesize=20"));
            ids.AddRange(page.GetProperty("value").EnumerateArray().Select(office => office.GetProperty("id").GetString()!));
            if (!page.TryGetProperty("@odata.nextLink", out _))
            {
                Assert.Equal(page.GetProperty("@odata.count").GetInt32(), ids.Count);
                break;
            }
        }

        Assert.Equal(await IdsAsync("offices?$at=2020-07-01&$select=id"), ids);
        Assert.True(ids.Count > 20);
    }

    // A preference that does not apply is ignored (RFC 7240, 2): past data has no later changes.
    [Theory]
    [InlineData("offices?$at=2020-07-01")]
    [InlineData("offices?revision=1")]
    public async Task EarlierDate_PreferTrackChanges_HasNoDeltaLink(string url)
    {
        var response = await AnswerAsync(url, ("Prefer", "track-changes"));

        Assert.DoesNotContain("deltaLink", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(response.Headers, header => header.Name == "Preference-Applied");
    }

    // An office without events exists from its first publication; offices with events from their first event.
    [Fact]
    public void At_OfficeWithoutEvents_StartsAtFirstPublication()
    {
        PublishedOffice[] offices = [new(SampleEntries.Create("a").Office, null, TwoRevisionsFixture.FirstPublishedAt), new(SampleEntries.Create("b").Office, "open", TwoRevisionsFixture.FirstPublishedAt)];
        LifecycleEvent[] events = [SampleEntries.CreateEvent("b", 1, "opened", "2020-01-01"), SampleEntries.CreateEvent("b", 2, "closed", "2030-01-01")];
        var register = new PublishedRegister(
            offices, events, [], new ReferenceData([], [], [], [], []), [], [],
            [new Change(1, "a", "added", "a", [], 1, TwoRevisionsFixture.FirstPublishedAt), new Change(2, "b", "added", "b", [], 1, TwoRevisionsFixture.FirstPublishedAt)], [], []);

        Assert.Equal(["b"], HistoricalRegister.Create(register, new(2026, 11, 22)).Offices.Select(office => office.Office.Id));
        Assert.Equal(["a", "b"], HistoricalRegister.Create(register, new(2026, 11, 23)).Offices.Select(office => office.Office.Id));
        Assert.Equal("open", HistoricalRegister.Create(register, new(2026, 11, 23)).Offices[1].Status);
        Assert.Empty(HistoricalRegister.Create(register, new(2019, 12, 31)).Offices);
    }

    public void Dispose() => source.Dispose();

    private async Task<int> CountAsync(DateOnly date, string status) =>
        int.Parse((await GetAsync($"offices/$count?$at={date:yyyy-MM-dd}&$filter=status eq '{status}'")).Text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string[]> IdsAsync(string url) =>
        [.. (await JsonAsync(url)).GetProperty("value").EnumerateArray().Select(office => office.GetProperty("id").GetString()!)];

    private async Task<JsonElement> JsonAsync(string url, params (string Name, string Value)[] headers)
    {
        var response = await AnswerAsync(url, headers);
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status == 200, $"{url}: {response.Status} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<(int Status, string Text)> GetAsync(string url)
    {
        var response = await AnswerAsync(url);
        return (response.Status, Encoding.UTF8.GetString(response.Body.Span));
    }

    private async Task<ODataResponse> AnswerAsync(string url, params (string Name, string Value)[] headers)
    {
        var split = url.IndexOf('?', StringComparison.Ordinal);
        var request = new ODataRequest(
            "GET",
            split < 0 ? url : url[..split],
            split < 0 ? "" : url[(split + 1)..],
            name => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
            new Uri("http://localhost/odata/v1/"));
        return await service.HandleAsync(request, TestContext.Current.CancellationToken);
    }
}
