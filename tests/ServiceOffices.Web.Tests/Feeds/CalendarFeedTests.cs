using System.Text;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Feeds;

public sealed class CalendarFeedTests(TwoRevisionsFixture published)
{
    private const string Address = "https://example.se";

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Write_StartingRegister_HasEveryOpeningAndClosing(string language)
    {
        var publication = await published.PublicationAsync();

        var calendar = Read(publication, Language.Find(language)!);

        Assert.Equal("2.0", calendar["VERSION"].Text);
        Assert.NotEqual("", calendar["PRODID"].Text);
        // functions/ServiceOffices/Seed/events.csv: 17 opened, 13 closed, 12 closings and one reopening announced.
        Assert.Equal(43, calendar.Parts.Count);
        Assert.Equal(43, calendar.Parts.Select(part => part["UID"].Text).Distinct().Count());
        Assert.All(calendar.Parts, part =>
        {
            Assert.Equal("VEVENT", part.Name);
            Assert.Matches(@"^\d{8}T\d{6}Z$", part["DTSTAMP"].Raw); // RFC 5545, 3.8.7.2: in UTC
            Assert.Equal(part["DTSTAMP"].Raw, part["LAST-MODIFIED"].Raw); // the last revision of the office
            Assert.Equal("DATE", part["DTSTART"].Parameters["VALUE"]);
            Assert.Equal("DATE", part["DTEND"].Parameters["VALUE"]);
            Assert.True(string.CompareOrdinal(part["DTSTART"].Raw, part["DTEND"].Raw) < 0);
            Assert.Equal(language, part["SUMMARY"].Parameters["LANGUAGE"]);
            Assert.StartsWith(language == "sv" ? "https://example.se/kontor/" : "https://example.se/en/offices/", part["URL"].Raw, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Fold_CharactersOfAnyLength_AreNeverSplit()
    {
        for (var letters = 0; letters < 80; letters++)
        {
            var line = "DESCRIPTION:" + new string('a', letters) + "😀😀åäö漢" + new string('b', 90);

            // As Ical.Net folds: between UTF-16 code units.
            var folded = CalendarFormat.Fold(string.Join("\r\n ", line.Chunk(74).Select(chunk => new string(chunk))) + "\r\n");

            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(folded)));
            Assert.Equal(line + "\r\n", folded.Replace("\r\n ", "", StringComparison.Ordinal));
            Assert.All(folded.Split("\r\n"), part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 0, 75));
        }
    }

    [Fact]
    public async Task Write_DatePrecision_SpansPeriod()
    {
        var calendar = Read(await published.PublicationAsync(), Language.English);

        Assert.Contains(("20250531", "20250601", "Servicekontor Arvika closes on 31 May 2025"), Entries(calendar));
        Assert.Contains(("20200601", "20200701", $"{TwoRevisionsFixture.NewName} opens in June 2020"), Entries(calendar));
        Assert.Contains(("20220101", "20220701", "Servicekontor Borgholm opens in the first half of 2022"), Entries(calendar));
        Assert.Contains(("20210101", "20220101", "Servicekontor Ulricehamn opens in 2021"), Entries(calendar));
        Assert.Contains(("20251209", "20251210", "The reopening of Servicekontor Ludvika is announced on 9 December 2025"), Entries(calendar));
    }

    [Fact]
    public async Task Write_Swedish_IsTranslated()
    {
        var calendar = Read(await published.PublicationAsync(), Language.Swedish);

        Assert.Contains(("20200601", "20200701", $"{TwoRevisionsFixture.NewName} öppnar i juni 2020"), Entries(calendar));
        Assert.Contains(("20220101", "20220701", "Servicekontor Borgholm öppnar under första halvåret 2022"), Entries(calendar));
        var ludvika = calendar.Parts.Single(part => part["SUMMARY"].Text == "Återöppningen av Servicekontor Ludvika aviseras 9 december 2025");
        Assert.Contains("Datumet gäller beskedet, inte själva öppningen eller stängningen.", ludvika["DESCRIPTION"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DtStamp_IsLastChangeOfOffice()
    {
        var calendar = Read(await published.PublicationAsync(), Language.English);

        Assert.Equal("20261123T130000Z", Storuman(calendar)["DTSTAMP"].Raw); // PublishedTwice.Second
        Assert.All(calendar.Parts.Where(part => part != Storuman(calendar)), part => Assert.Equal("20261123T120000Z", part["DTSTAMP"].Raw));

        static CalendarReader.Component Storuman(CalendarReader.Component calendar) =>
            calendar.Parts.Single(part => part["URL"].Raw.EndsWith("/storuman", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_SamePublication_HasSameBytesAndUids()
    {
        var publication = await published.PublicationAsync();

        Assert.Equal(Write(publication, Language.English), Write(publication, Language.English));
        Assert.Equal(
            Read(publication, Language.English).Parts.Select(part => part["UID"].Raw),
            Read(publication, Language.Swedish).Parts.Select(part => part["UID"].Raw));
    }

    [Fact]
    public async Task Write_CountyFilter_HasOfficesOfCounty()
    {
        var publication = await published.PublicationAsync();

        var calendar = CalendarReader.Read(CalendarFeed.Write(publication, new FeedFilter("24"), Address, Language.Swedish));

        // events.csv: Storuman, Åsele and Nordmaling opened; nothing else opened or closed in Västerbotten.
        Assert.Equal(3, calendar.Parts.Count);
        Assert.Equal("Statliga servicekontor: öppningar och stängningar, Västerbottens län", calendar["X-WR-CALNAME"].Text);
    }

    [Fact]
    public void Write_EdgeCaseOffice_ReadsBack()
    {
        var name = "=1+1; \"a\", b\\n å 🏢 " + new string('ö', 90) + "\nnew\u0001line";
        var note = "first\r\nsecond; third, fourth\\";
        var publication = With(new Office { Id = "nasty", Name = name, LocationPrecision = "none", Latitude = -0.5, Longitude = 179.999, Locality = "Å, ä; ö" },
            new LifecycleEvent { OfficeId = "nasty", Number = 7, Kind = "reopened", On = new DateOnly(2027, 7, 1), Precision = "halfYear", Note = note },
            new LifecycleEvent { OfficeId = "nasty", Number = 8, Kind = "temporarilyClosed", On = new DateOnly(2028, 2, 29), Precision = "day" },
            new LifecycleEvent { OfficeId = "nasty", Number = 9, Kind = "planned", On = new DateOnly(2027, 1, 1), Precision = "day" });

        var entries = Read(publication, Language.English).Parts;

        Assert.Equal(2, entries.Count);
        Assert.Equal($"{name.Replace('\u0001', '\ufffd')} reopens in the second half of 2027", entries[0]["SUMMARY"].Text);
        Assert.Equal("The sources state the date only as second half of 2027. The entry covers the whole period.\nfirst\nsecond; third, fourth\\", entries[0]["DESCRIPTION"].Text);
        Assert.Equal(("20270701", "20280101"), (entries[0]["DTSTART"].Raw, entries[0]["DTEND"].Raw));
        Assert.Equal(("20280229", "20280301"), (entries[1]["DTSTART"].Raw, entries[1]["DTEND"].Raw));
        Assert.Equal("-0.500000;179.999000", entries[0]["GEO"].Raw);
        Assert.Equal("Å, ä; ö", entries[0]["LOCATION"].Text);
    }

    [Fact]
    public void Write_NoOffices_IsValidCalendar()
    {
        Assert.Empty(Read(SamplePublications.Publication(), Language.Swedish).Parts);
    }

    [Fact]
    public async Task Write_Start_HasNoByteOrderMark() =>
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", Encoding.UTF8.GetString(Write(await published.PublicationAsync(), Language.Swedish)), StringComparison.Ordinal);

    private static Publication With(Office office, params IReadOnlyList<LifecycleEvent> events)
    {
        var publication = SamplePublications.Publication();
        return publication with { Register = publication.Register with { Offices = [new PublishedOffice(office, "open", SamplePublications.FirstPublishedAt)], Events = events } };
    }

    private static IEnumerable<(string Start, string End, string Summary)> Entries(CalendarReader.Component calendar) =>
        calendar.Parts.Select(part => (part["DTSTART"].Raw, part["DTEND"].Raw, part["SUMMARY"].Text));

    private static CalendarReader.Component Read(Publication publication, Language language) => CalendarReader.Read(Write(publication, language));

    private static byte[] Write(Publication publication, Language language) => CalendarFeed.Write(publication, FeedFilter.None, Address, language);
}
