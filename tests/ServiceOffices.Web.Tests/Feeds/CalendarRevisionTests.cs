using System.Text;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Feeds;

/// <summary>The calendar feed, the file events.ics and query results as iCalendar: the same events at the same times in every revision.</summary>
public sealed class CalendarRevisionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset FirstPublishedAt = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<ExportFormat> Formats = [new JsonFormat(), new CalendarFormat(EventSchema.CalendarIdentity)];

    private static readonly Office Storuman = new()
    {
        Id = "storuman", Name = "Servicekontor Storuman", Kind = "fixed", LocationPrecision = "locality", MunicipalityCode = "2421", Latitude = 65.1, Longitude = 17.1,
    };

    private static readonly Office Torsby = Storuman with { Id = "torsby", Name = "Servicekontor Torsby", MunicipalityCode = "1737" };

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(FirstPublishedAt);
    private readonly RequestPipeline pipeline = new(Microsoft.Extensions.Logging.Abstractions.NullLogger<RequestPipeline>.Instance);
    private PublishingHarness desk = null!;

    public async ValueTask InitializeAsync()
    {
        desk = new PublishingHarness(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        await PutAsync(Storuman, new DateOnly(2026, 12, 31));
        await PutAsync(Torsby, new DateOnly(2026, 12, 24));
        await desk.RefreshAsync(Formats);
    }

    public ValueTask DisposeAsync()
    {
        desk.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Event_Moved_HasLaterTimesInFeedFileAndQuery()
    {
        var before = await ReadAllAsync();
        clock.Advance(TimeSpan.FromMinutes(5));
        await PutAsync(Storuman, new DateOnly(2027, 1, 15));
        await desk.RefreshAsync(Formats);

        var after = await ReadAllAsync();

        foreach (var (old, current) in before.Zip(after))
        {
            Assert.Equal(("20261231", "20261130T120000Z", "20261130T120000Z"), Describe(Find(old, "Storuman")));
            Assert.Equal(("20270115", "20261130T120500Z", "20261130T120500Z"), Describe(Find(current, "Storuman")));
            Assert.Equal(Find(old, "Storuman")["UID"].Raw, Find(current, "Storuman")["UID"].Raw);
            Assert.Equal(("20261224", "20261130T120000Z", "20261130T120000Z"), Describe(Find(current, "Torsby"))); // not moved
        }
    }

    [Fact]
    public async Task Calendars_SameRevision_Agree()
    {
        var calendars = await ReadAllAsync();

        Assert.Equal(3, calendars.Count);
        Assert.All(calendars, calendar => Assert.Equal(Events(calendars[0]), Events(calendar)));
        Assert.All(calendars.Skip(1), calendar => Assert.Equal(EventSchema.CalendarIdentity.ProductId, calendar["PRODID"].Text));

        static IEnumerable<string> Events(CalendarReader.Component calendar) => calendar.Parts
            .Select(part => string.Join('|', new[] { "UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "GEO" }.Select(name => part[name].Raw)))
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task File_OfficeRenamed_HasNewNameAndTime()
    {
        clock.Advance(TimeSpan.FromMinutes(5));
        await PutAsync(Storuman with { Name = "Servicekontor Stensele" }, new DateOnly(2026, 12, 31));
        await desk.RefreshAsync(Formats);

        var file = (await ReadAllAsync())[1];

        // The rows of the set events are the same as before.
        Assert.Equal(("20261231", "20261130T120500Z", "20261130T120500Z"), Describe(Find(file, "Stensele")));
    }

    [Fact]
    public async Task File_OfRevision_HasSameBytesForever()
    {
        var first = await DownloadAsync("1/events.ics");
        clock.Advance(TimeSpan.FromMinutes(5));
        await PutAsync(Storuman, new DateOnly(2027, 1, 15));
        await desk.RefreshAsync(Formats);

        Assert.Equal(first, await DownloadAsync("1/events.ics"));
        Assert.NotEqual(first, await DownloadAsync("2/events.ics"));

        var publication = (await desk.Current.GetAsync(TestContext.Current.CancellationToken))!;
        using var again = new MemoryStream();
        await Formats[1].WriteAsync(
            RowSet.All(publication.Tables["events"]), new ExportOptions("events") { Tables = publication.Tables }, again, TestContext.Current.CancellationToken);
        Assert.Equal(again.ToArray(), await DownloadAsync("2/events.ics"));
    }

    [Theory]
    [InlineData("", "Servicekontor Storuman stänger 31 december 2026", "Kommun: Storuman\nLän: Västerbottens län\nAnmärkning: first note")]
    [InlineData("&lang=sv", "Servicekontor Storuman stänger 31 december 2026", "Kommun: Storuman\nLän: Västerbottens län\nAnmärkning: first note")]
    [InlineData("&lang=en", "Servicekontor Storuman closes on 31 December 2026", "Municipality: Storuman\nCounty: Västerbottens län\nNote: first note")]
    [InlineData("&$expand=office($select=kind,openingHours,videoMeetings)&lang=en", "Servicekontor Storuman closes on 31 December 2026", "Municipality: Storuman\nCounty: Västerbottens län\nNote: first note\nOffice: Kind: Fixed office")]
    [InlineData("&$select=officeId,kind,on", "Servicekontor Storuman stänger 31 december 2026", "")]
    public async Task Query_Event_IsDescribedInWords(string options, string summary, string description)
    {
        var calendar = await QueryAsync("?$filter=officeId eq 'storuman'&$format=ics" + options);

        var part = Assert.Single(calendar.Parts);
        Assert.Equal(summary, part["SUMMARY"].Text);
        Assert.Equal(description, part.Has("DESCRIPTION") ? part["DESCRIPTION"].Text : "");
    }

    [Fact]
    public void Sentences_EveryKind_HasBothLanguages()
    {
        Assert.Equal(Codes.EventKind.Codes.Select(code => code.Value).Order(StringComparer.Ordinal), EventSentences.ByKind.Keys.Order(StringComparer.Ordinal));
        foreach (var kind in EventSentences.ByKind.Keys)
        {
            foreach (var language in Language.All)
            {
                var sentence = EventSentences.Format(kind, new DateOnly(2026, 12, 31), DatePrecision.Day, "Servicekontor {1}", language);

                Assert.Contains("Servicekontor {1}", sentence, StringComparison.Ordinal);
                Assert.EndsWith(language == Language.Swedish ? " 31 december 2026" : " on 31 December 2026", sentence, StringComparison.Ordinal);
            }
        }
    }

    private Task PutAsync(Office office, DateOnly closes) => desk.PutAsync(new(
        office, [new LifecycleEvent { OfficeId = office.Id, Number = 1, Kind = EventKind.Closed, On = closes, Precision = DatePrecision.Day, Note = "first note" }]));

    /// <summary>Reads the calendar feed, the file and a query result.</summary>
    private async Task<IReadOnlyList<CalendarReader.Component>> ReadAllAsync() =>
    [
        CalendarReader.Read(CalendarFeed.Write((await desk.Current.GetAsync(TestContext.Current.CancellationToken))!, FeedFilter.None, "https://example.se", Language.Swedish)),
        CalendarReader.Read(await DownloadAsync("events.ics")),
        await QueryAsync("?$format=ics"),
    ];

    private async Task<byte[]> DownloadAsync(string file)
    {
        var response = await HttpExchange.SendAsync(new DownloadsEndpoint(pipeline, desk.Current, new PublicUrl()).HandleAsync, "GET", [], "/downloads/" + file);
        Assert.Equal(200, response.Status);
        return response.Body;
    }

    private async Task<CalendarReader.Component> QueryAsync(string query)
    {
        var service = new ODataService(
            RegisterModel.Model, new ODataOptions { FileFormats = ExportFormats.CreateForQueries(EventSchema.CalendarIdentity) }, new PublicationTableSource(desk.Current, clock), clock);
        var endpoint = new ODataEndpoint(pipeline, service, new ReplyCache(0), new PublicUrl(null), ODataEndpoint.ServiceRootPath);
        var response = await HttpExchange.SendAsync(endpoint.HandleAsync, "GET", [], "/odata/v1/events" + query);
        Assert.True(response.Status == 200, Encoding.UTF8.GetString(response.Body));
        return CalendarReader.Read(response.Body);
    }

    private static CalendarReader.Component Find(CalendarReader.Component calendar, string name) =>
        calendar.Parts.Single(part => part["SUMMARY"].Text.Contains(name, StringComparison.Ordinal));

    private static (string Start, string Stamp, string Modified) Describe(CalendarReader.Component part) =>
        (part["DTSTART"].Raw, part["DTSTAMP"].Raw, part["LAST-MODIFIED"].Raw);
}
