using System.Net;
using System.Xml.Linq;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Seed;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>The page of an office: what visitors need, in order, and only what the register knows.</summary>
public sealed class OfficePageTests
{
    private static readonly Publication Seed = PortalPages.CreatePublication(SeedData.Entries);

    [Theory]
    [InlineData("0771178000", "0771-17 80 00", "tel:+46771178000")]
    [InlineData("+46771178000", "0771-17 80 00", "tel:+46771178000")]
    [InlineData("087869000", "08-786 90 00", "tel:+4687869000")]
    [InlineData("031123456", "031-12 34 56", "tel:+4631123456")]
    [InlineData("098012345", "0980-123 45", "tel:+4698012345")]
    [InlineData("0812345678", "08-123 456 78", "tel:+46812345678")]
    [InlineData("0701234567", "070-123 45 67", "tel:+46701234567")]
    [InlineData("+4721234567", "+4721234567", "tel:+4721234567")]
    [InlineData("112", "112", "tel:112")]
    [InlineData("", "", "tel:")]
    [InlineData("0", "0", "tel:0")]
    [InlineData("\"><b>", "\"><b>", "tel:%22%3E%3Cb%3E")]
    public void PhoneNumber_Any_HasSwedishNotationAndUrl(string number, string text, string url) =>
        Assert.Equal((text, url), (PhoneNumberFormatter.Format(number), PhoneNumberFormatter.GetUrl(number)));

    [Fact]
    public void OfficePage_Open_ShowsWhatVisitorsNeedInOrder()
    {
        var page = ReadKiruna("/kontor/kiruna");

        Assert.Equal(
            ["Besök kontoret", "Öppettider", "Avvikande öppettider", "Hjälper till med ärenden hos", "Uppgifter", "Historik", "Ändringar i registret", "Källor", "Data om kontoret", "Rapportera fel"],
            page.Descendants().Where(element => element.Name.LocalName is "h2" or "h3").Select(heading => heading.Value));
        var links = page.Descendants("main").Descendants("a").DistinctBy(link => link.Attribute("href")!.Value).ToDictionary(link => link.Attribute("href")!.Value, link => link.Value);
        Assert.Equal("0771\u201117\u00A080\u00A000", links["tel:+46771178000"]);
        Assert.Equal("kiruna@example.se", links["mailto:kiruna@example.se"]);
        Assert.Equal("Skatteverket", links["https://www.skatteverket.se"]);
        Assert.Equal("0771\u201156\u00A075\u00A067", links["tel:+46771567567"]);
        Assert.Equal("Vägbeskrivning (OpenStreetMap)", links["https://www.openstreetmap.org/directions?to=Gatan%201%2C%20981%2031%20Kiruna"]);
        Assert.Equal("Skicka e-post", links["mailto:editors@example.se?subject=Fel%3A%20Servicekontor%20Kiruna%20%28kiruna%29"]);
        Assert.DoesNotContain("Registret saknar", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void OfficePage_Hours_ListEachDayForScript()
    {
        var page = ReadKiruna("/en/offices/kiruna");

        var days = page.Descendants("li").Where(day => day.Attribute("data-hours") is not null).ToList();
        Assert.Equal(7 + 1, days.Count);
        Assert.Equal(("monday", "09:00-12:00 13:00-16:00"), (days[0].Attribute("data-day")!.Value, days[0].Attribute("data-hours")!.Value));
        Assert.Equal("", days[1].Attribute("data-hours")!.Value);
        Assert.Equal(("2026-12-24", "24 December 2026 closed Christmas"), (days[7].Attribute("data-on")!.Value, string.Join(' ', days[7].Elements().Select(part => part.Value))));
        Assert.Contains(page.Descendants("script"), script => script.Attribute("src")!.Value.EndsWith("hours.js", StringComparison.Ordinal));
    }

    [Fact]
    public void OfficePage_HoursNotKnown_ShowsOneLineAndNoScript()
    {
        var page = PortalPages.Read("/kontor/kiruna", Seed);

        var line = page.Descendants("p").Single(line => line.Value.Contains("Registret saknar adress, öppettider och kontaktuppgifter", StringComparison.Ordinal));
        Assert.Equal("https://www.statenssc.se", line.Element("a")!.Attribute("href")!.Value);
        Assert.Empty(page.Descendants("script"));
        Assert.Contains("I drift", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void OfficePage_ClosingDated_ShowsLastDayBeforeStatus()
    {
        var page = PortalPages.Read("/kontor/kiruna", PortalPages.CreatePublication(SeedData.Entries.Select(entry => entry.Office.Id != "kiruna" ? entry : entry with
        {
            Events = [.. entry.Events, new LifecycleEvent { OfficeId = "kiruna", Number = 90, Kind = EventKind.Closed, On = new(2027, 1, 1), Precision = DatePrecision.Day }],
        })));

        var lines = page.Descendants("div").Single(head => head.Attribute("class")?.Value == "office-head").Descendants("p").Select(line => line.Value.Trim()).ToList();
        Assert.Equal("Kontoret stänger. Sista dagen är 31 december 2026.", lines[0]);
        Assert.StartsWith("I drift", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/kontor/ludvika", "borlange", "högst 40,0\u00A0km fågelvägen")]
    [InlineData("/en/offices/amal", "karlstad", "at most")]
    public void OfficePage_NotOpen_LinksToNearestOpenOffice(string path, string nearest, string distance)
    {
        var line = PortalPages.Read(path, Seed).Descendants("p").Single(line => line.Attribute("class")?.Value == "nearest");

        Assert.EndsWith("/" + nearest, line.Element("a")!.Attribute("href")!.Value, StringComparison.Ordinal);
        Assert.Contains(distance, line.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md", "upper bound")]
    [InlineData("docs/odata.md", "upper\nbound")]
    [InlineData("docs/data-dictionary.md", "main town to the nearest open office. An upper bound:")]
    [InlineData("openapi/openapi.yaml", "main town to the nearest open office. An upper bound:")]
    public void Distance_InDocument_IsUpperBound(string file, string text) =>
        Assert.Contains(text, File.ReadAllText(Repository.PathTo(file.Split('/'))), StringComparison.Ordinal);

    [Theory]
    [InlineData("/utveckling", "underkant")]
    [InlineData("/en/development", "underestimate")]
    [InlineData("/utvecklare", "avstånden är övre gränser")]
    [InlineData("/en/developers", "distances are upper bounds")]
    [InlineData("/kontor?near=2584", "Det kan finnas ett närmare kontor")]
    [InlineData("/en?near=2584", "There may be a nearer office")]
    [InlineData("/en/offices/ludvika", "There may be a nearer office")]
    public void Distance_OnPage_IsUpperBound(string path, string text) =>
        Assert.Contains(PortalPages.Read(path, Seed).Descendants().Where(element => element.Name.LocalName is "p" or "h3"), line => line.Value.Contains(text, StringComparison.Ordinal) && line.Attribute("hidden") is null);

    [Fact]
    public void OfficePage_WithoutContact_HasNoReport()
    {
        var site = new PortalSite(new PortalOptions { Formats = ["csv"] });

        var page = PortalPages.Parse(site.Render(PageUrl.FindByPath("/kontor/kiruna")!, new Dictionary<string, string>(), Seed)!);

        Assert.DoesNotContain(page.Descendants("h2"), heading => heading.Attribute("id")?.Value == "report");
    }

    [Fact]
    public async Task RemovedOffice_Get_Returns410WithHistory()
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();
        var editor = new EditorClient(host.Client);
        var stored = await editor.GetAsync("/register/offices/amal");
        Assert.Equal(HttpStatusCode.NoContent, (await editor.DeleteAsync("/register/offices/amal?reason=test", stored.ETag!)).Status);
        await host.RefreshAsync();

        using var swedish = await host.SendAsync("GET", "/kontor/amal");
        using var english = await host.SendAsync("GET", "/en/offices/amal");

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (swedish.StatusCode, english.StatusCode));
        var page = PortalPages.Parse(await english.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Servicekontor Åmål", page.Descendants("h1").Single().Value);
        Assert.Contains("Servicekontor Åmål was removed from the register", page.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("har tagits bort ur registret", await swedish.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static XDocument ReadKiruna(string path) => PortalPages.Read(path, PortalPages.CreatePublication(SeedData.Entries.Select(entry => entry.Office.Id != "kiruna" ? entry : entry with
    {
        Office = entry.Office with
        {
            Address = new("Gatan 1", "98131", "Kiruna"), Phone = "0771178000", Email = "kiruna@example.se",
            OpeningHours = [new("monday", new(13, 0), new(16, 0)), new("monday", new(9, 0), new(12, 0))],
            SpecialHours = [new(new(2026, 12, 24), Reason: "Christmas")],
        },
    })));
}
