using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Portal;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Feeds;

/// <summary>Tests that changes read as sentences: in the feeds (Atom, JSON Feed) and on the office's page.</summary>
public sealed class ChangeFormatterTests(TwoRevisionsFixture published)
{
    private const string Closing = """[{"number":1,"kind":"closed","on":"2026-12-31","precision":"day","source":null,"note":null}]""";
    private const string MovedClosing = """[{"number":1,"kind":"closed","on":"2027-01-15","precision":"day","source":null,"note":null}]""";
    private const string NotedClosing = """[{"number":1,"kind":"closed","on":"2026-12-31","precision":"day","source":null,"note":"x"}]""";
    private const string Openings = """[{"number":2,"kind":"reopened","on":"2027-07-01","precision":"halfYear"},{"number":3,"kind":"closed","on":"2026-06-01","precision":"month"}]""";

    [Theory]
    [InlineData(null, Closing, "Servicekontor Storuman stänger 31 december 2026", "Servicekontor Storuman closes on 31 December 2026")]
    [InlineData(Closing, MovedClosing, "Servicekontor Storuman stänger 15 januari 2027 (tidigare 31 december 2026)", "Servicekontor Storuman closes on 15 January 2027 (previously 31 December 2026)")]
    [InlineData(Closing, NotedClosing, "Uppgiften ”Servicekontor Storuman stänger 31 december 2026” har ändrats", "The information “Servicekontor Storuman closes on 31 December 2026” was changed")]
    [InlineData(Closing, null, "Uppgiften ”Servicekontor Storuman stänger 31 december 2026” har tagits bort", "The information “Servicekontor Storuman closes on 31 December 2026” was removed")]
    [InlineData(null, Openings, "Servicekontor Storuman öppnar igen under andra halvåret 2027", "Servicekontor Storuman reopens in the second half of 2027")]
    public async Task Title_Events_IsSentence(string? before, string? after, string swedish, string english) =>
        await AssertTitleAsync("changed", swedish, english, new PropertyChange("events", before, after));

    [Theory]
    [InlineData("added", "status", null, "planned", "Servicekontor Storuman har lagts till i registret", "Servicekontor Storuman was added to the register")]
    [InlineData("removed", "status", null, null, "Servicekontor Storuman har tagits bort ur registret", "Servicekontor Storuman was removed from the register")]
    [InlineData("opened", "status", "planned", "open", "Servicekontor Storuman har öppnat", "Servicekontor Storuman has opened")]
    [InlineData("closed", "status", "open", "closed", "Servicekontor Storuman har stängt", "Servicekontor Storuman has closed")]
    [InlineData("reopened", "status", "closed", "open", "Servicekontor Storuman har öppnat igen", "Servicekontor Storuman has reopened")]
    [InlineData("changed", "status", "open", "temporarilyClosed", "Servicekontor Storuman har stängt tillfälligt", "Servicekontor Storuman has closed temporarily")]
    [InlineData("changed", "status", "planned", "withdrawn", "Planen på Servicekontor Storuman har återtagits", "The plan for Servicekontor Storuman was withdrawn")]
    [InlineData("changed", "status", "planned", null, "Statusen för Servicekontor Storuman är okänd", "The status of Servicekontor Storuman is unknown")]
    [InlineData("changed", "name", "Lappkontoret", "Servicekontor Storuman", "Lappkontoret heter nu Servicekontor Storuman", "Lappkontoret is now called Servicekontor Storuman")]
    [InlineData("changed", "openingHours", "[]", "[]", "Servicekontor Storuman har ändrade uppgifter: öppettider", "Servicekontor Storuman has new information: opening hours")]
    public async Task Title_Kind_IsSentence(string kind, string property, string? before, string? after, string swedish, string english) =>
        await AssertTitleAsync(kind, swedish, english, new PropertyChange(property, before, after));

    [Theory]
    [InlineData("phone", "0771-1", "0771-2", "Telefon ändrades från 0771-1 till 0771-2.", "Phone changed from 0771-1 to 0771-2.")]
    [InlineData("phone", null, "0771-2", "Registret anger nu telefon: 0771-2.", "The register now states phone: 0771-2.")]
    [InlineData("phone", "0771-1", null, "Registret anger inte längre telefon: 0771-1.", "The register no longer states phone: 0771-1.")]
    [InlineData("status", "planned", "open", "Status ändrades från planerat till i drift.", "Status changed from planned to open.")]
    [InlineData("kind", null, "fixed", "Registret anger nu typ: fast kontor.", "The register now states kind: fixed office.")]
    [InlineData("videoMeetings", "false", "true", "Videomöten ändrades från nej till ja.", "Video meetings changed from no to yes.")]
    [InlineData("videoMeetingsSince", null, "2026-03-01", "Registret anger nu videomöten sedan: 1 mars 2026.", "The register now states video meetings since: 1 March 2026.")]
    [InlineData("latitude", "65.1", "65.2", "Latitud ändrades från 65,1 till 65,2.", "Latitude changed from 65.1 to 65.2.")]
    [InlineData("municipalityCode", "2421", "1737", "Kommunkod ändrades från Storumans kommun till Torsby kommun.", "Municipality code changed from Storumans kommun to Torsby kommun.")]
    [InlineData("countyCode", "24", "17", "Länskod ändrades från Västerbottens län till Värmlands län.", "County code changed from Västerbotten County to Värmland County.")]
    [InlineData("sources", "[]", """["https://a.se/","https://b.se/"]""", "Registret anger nu källor: https://a.se/, https://b.se/.", "The register now states sources: https://a.se/, https://b.se/.")]
    [InlineData("address", null, """{"street":"Storgatan 1","postalCode":"92331","city":"Storuman"}""", "Registret anger nu adress: Storgatan 1, 92331 Storuman.", "The register now states address: Storgatan 1, 92331 Storuman.")]
    [InlineData("location", null, """{"type":"Point","coordinates":[17.1,65.1]}""", "Registret anger nu läge: 65,1; 17,1.", "The register now states location: 65.1; 17.1.")]
    [InlineData("services", null, """[{"agency":"skatteverket","levels":["general","inDepth"]},{"agency":"migrationsverket","levels":[]}]""",
        "Registret anger nu tjänster: Skatteverket (allmän service, fördjupad service); Migrationsverket.",
        "The register now states services: Swedish Tax Agency (general service, in-depth service); Swedish Migration Agency.")]
    [InlineData("openingHours", null,
        """[{"dayOfWeek":"monday","opens":"10:00:00","closes":"16:00:00","byAppointment":false},{"dayOfWeek":"tuesday","opens":"10:00:00","closes":"16:00:00","byAppointment":false},{"dayOfWeek":"thursday","opens":"10:00:00","closes":"12:00:00","byAppointment":false},{"dayOfWeek":"thursday","opens":"13:00:00","closes":"15:30:00","byAppointment":true}]""",
        "Registret anger nu öppettider: måndag–tisdag 10:00–16:00, torsdag 10:00–12:00 + 13:00–15:30 (tidsbokning).",
        "The register now states opening hours: Monday–Tuesday 10:00–16:00, Thursday 10:00–12:00 + 13:00–15:30 (by appointment).")]
    [InlineData("specialHours", null, """[{"on":"2026-12-24","opens":null,"closes":null,"reason":"Julafton"},{"on":"2026-12-30","opens":"10:00:00","closes":"12:00:00","reason":null}]""",
        "Registret anger nu avvikande öppettider: 24 december 2026 stängt (Julafton); 30 december 2026 10:00–12:00.",
        "The register now states special hours: 24 December 2026 closed (Julafton); 30 December 2026 10:00–12:00.")]
    [InlineData("openingHours", null, "[{\"of\":\"another version\"}]", "Registret anger nu öppettider: [{\"of\":\"another version\"}].", "The register now states opening hours: [{\"of\":\"another version\"}].")]
    [InlineData("events", "{}", "7", "Händelser ändrades från {} till 7.", "Events changed from {} to 7.")]
    public async Task Sentences_Property_HasLabels(string property, string? before, string? after, string swedish, string english)
    {
        var change = SamplePublications.Change(1, "Servicekontor Storuman", "changed", new PropertyChange(property, before, after));
        var publication = await published.PublicationAsync();

        Assert.Equal([swedish], new ChangeFormatter(publication, Language.Swedish).FormatSentences(change));
        Assert.Equal([english], new ChangeFormatter(publication, Language.English).FormatSentences(change));
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Html_RealChangesOfEveryColumn_HasNoCodesOrJson(string language)
    {
        // Changes as the publisher stores them: every column of an office and every kind of event.
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
        using var desk = new PublishingHarness(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        var bare = new Office { Id = "storuman", Name = "Servicekontor Storuman", LocationPrecision = "none" };
        await desk.PutAsync(new(bare, []));
        await desk.RefreshAsync(new JsonFormat());
        clock.Advance(TimeSpan.FromMinutes(1));
        await desk.PutAsync(new(bare with
        {
            Kind = "colocated", Basis = "faRegion", MunicipalityCode = "2421", Locality = "Stensele", VulnerableAreas = ["Rosengård"], Address = new("Storgatan 1", "92331", "Storuman"),
            Latitude = 65.1, Longitude = 17.1, LocationPrecision = "locality", Services = [new("forsakringskassan", ["inDepth"])], VideoMeetings = true, VideoMeetingsSince = new(2026, 1, 2),
            OpeningHours = [new("monday", new(10, 0), new(16, 0))], SpecialHours = [new(new(2026, 12, 24))], Phone = "0771178000", Email = "a@example.se",
            WebPage = "https://example.se/", Sources = ["https://example.se/s"], Note = "Remark.",
        }, [.. EventSentences.ByKind.Keys.Select((kind, index) => new LifecycleEvent { OfficeId = "storuman", Number = index + 1, Kind = kind, On = new(2026, 1, 1 + index), Precision = "day" })]));
        await desk.RefreshAsync(new JsonFormat());
        var publication = (await desk.Current.GetAsync(TestContext.Current.CancellationToken))!;
        var change = publication.Register.Changes.Single(change => change.Publication == 2);
        Assert.Contains(change.Properties, property => property.Property == ChangeDetector.EventsProperty);

        var html = new ChangeFormatter(publication, Language.Find(language)!).FormatHtml(change);

        var text = XElement.Parse($"<div>{html}</div>");
        Assert.True(text.Descendants("li").Count() >= change.Properties.Count, html);
        Assert.DoesNotMatch(@"[{}\[\]""]", text.Value);
        Assert.DoesNotMatch(@"\b(temporarilyClosed|observedOpen|hoursChanged|serviceAdded|faRegion|colocated|inDepth|forsakringskassan|true|false|null)\b", text.Value);
        Assert.DoesNotMatch(@"\d{4}-\d{2}-\d{2}", text.Value);
        Assert.All(text.Descendants("li"), item => Assert.EndsWith(".", item.Value, StringComparison.Ordinal));
    }

    private async Task AssertTitleAsync(string kind, string swedish, string english, PropertyChange property)
    {
        var change = SamplePublications.Change(1, "Servicekontor Storuman", kind, property);
        var publication = await published.PublicationAsync();

        Assert.Equal(swedish, new ChangeFormatter(publication, Language.Swedish).FormatTitle(change));
        Assert.Equal(english, new ChangeFormatter(publication, Language.English).FormatTitle(change));
    }
}
