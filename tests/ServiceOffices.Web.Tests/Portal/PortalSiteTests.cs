using System.Xml.Linq;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Seed;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Tests.Portal;

public sealed class PortalSiteTests
{
    private const string Script = "<script>alert('\"&</script>";

    private static readonly Publication Publication = PortalPages.CreatePublication(SeedData.Entries);

    public static TheoryData<string> Paths =>
        [.. Language.All.SelectMany(language => PageUrl.GetAll(language).Append(new(PageKind.Office, language, "ludvika"))).Select(address => address.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Page_Each_DeclaresLanguageConsistently(string path)
    {
        var page = PortalPages.Read(path, Publication);

        var language = path.StartsWith("/en", StringComparison.Ordinal) ? "en" : "sv";
        Assert.Equal(language, page.Root!.Attribute("lang")!.Value);
        Assert.Contains(page.Descendants("a"), link => link.Attribute("hreflang")?.Value == (language == "en" ? "sv" : "en"));
        Assert.Equal(path, page.Descendants("link").Single(link => link.Attribute("rel")!.Value == "canonical").Attribute("href")!.Value);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Page_FeedLinks_HaveLanguageOfPage(string path)
    {
        var page = PortalPages.Read(path, Publication);

        var feeds = page.Descendants().Select(link => link.Attribute("href")?.Value).OfType<string>().Where(href => href.StartsWith("/feeds/", StringComparison.Ordinal)).ToList();
        Assert.InRange(feeds.Count, 4, int.MaxValue); // three in the head, one in the footer
        Assert.All(feeds, feed => Assert.EndsWith($"?lang={page.Root!.Attribute("lang")!.Value}", feed, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Page_Each_HasNoInlineOrExternalResources(string path)
    {
        var page = PortalPages.Read(path, Publication);

        Assert.Empty(page.Descendants("style"));
        Assert.All(page.Descendants("script"), script => Assert.StartsWith(PortalAssets.RootPath, script.Attribute("src")!.Value, StringComparison.Ordinal));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute =>
            attribute.Name.LocalName is "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(
            page.Descendants("link").Where(link => link.Attribute("rel")!.Value is "stylesheet" or "icon"),
            link => Assert.StartsWith("/", link.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Page_Each_HasOneH1AndNoHeadingGaps(string path)
    {
        var levels = PortalPages.Read(path, Publication).Descendants()
            .Where(element => element.Name.LocalName is ['h', >= '1' and <= '6'])
            .Select(element => element.Name.LocalName[1] - '0').ToList();

        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Page_Each_HasUniqueIds(string path)
    {
        var ids = PortalPages.Read(path, Publication).Descendants().Attributes("id").Select(id => id.Value).ToList();

        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Page_OfficesWithMarkup_AreEncoded(string path)
    {
        var entries = SeedData.Entries.Select(entry => entry.Office.Id == "ludvika"
            ? entry with
            {
                Office = entry.Office with
                {
                    Name = Script, Locality = Script, Note = Script, VulnerableAreas = [Script], Sources = [Script], Phone = Script,
                    Address = new Address(Script, Script, Script), WebPage = Script, Services = [new(Script, [Script])],
                },
                Events = [.. entry.Events.Select(lifecycleEvent => lifecycleEvent with { Note = Script, Source = Script })],
            }
            : entry);

        var page = PortalPages.Read(path, PortalPages.CreatePublication(entries));

        Assert.DoesNotContain(page.Descendants("script"), script => script.Attribute("src") is null);
        if (path.EndsWith("ludvika", StringComparison.Ordinal))
        {
            Assert.Equal(Script, page.Descendants("h1").Single().Value);
        }
    }

    [Fact]
    public void Page_EmptyRegister_Renders()
    {
        var empty = PortalPages.CreatePublication([]);

        foreach (var address in Language.All.SelectMany(PageUrl.GetAll))
        {
            Assert.NotEmpty(PortalPages.Read(address.ToString(), empty).Descendants("h1").Single().Value);
        }

        Assert.Null(PortalPages.Site.Render(new(PageKind.Office, Language.Swedish, "ludvika"), new Dictionary<string, string>(), empty));
    }

    // Seed/events.csv: 32 offices are open by their last event up to 2026-11-23; Haninge Brandbergen's closing and Ludvika's reopening are announced.
    [Fact]
    public void StartPage_SeedRegister_ShowsCurrentNetwork()
    {
        var page = PortalPages.Read("/en", Publication);

        Assert.Equal(["56", "15", "13", "20"], page.Descendants("span").Where(Is("tile-number")).Select(number => number.Value));
        Assert.Equal(
            ["Closing announced: Servicekontor Haninge Brandbergen , Servicekontor Trelleborg .", "Reopening announced: Servicekontor Ludvika ."],
            page.Descendants("p").Where(Is("announced")).Select(line => string.Join(' ', line.Nodes().Select(node => (node is XElement element ? element.Value : node.ToString()).Trim()).Where(text => text != ""))));
        Assert.Contains(" of them were open when the official total was 148 (20 May 2025).", page.Root!.Value, StringComparison.Ordinal);
    }

    // Five sources are undated and were read on the day of the edition, which is not when something happened.
    [Fact]
    public void StartPage_LatestEvents_HaveDates()
    {
        var dates = PortalPages.Read("/en", Publication).Descendants().Where(Is("latest-date")).Select(date => date.Value).ToList();

        Assert.Equal(5, dates.Count);
        Assert.DoesNotContain(dates, date => date.Contains("undated", StringComparison.Ordinal));
    }

    [Fact]
    public void Map_SeedRegister_HasEachLocatedOfficeOnce()
    {
        var page = PortalPages.Read("/en", Publication);

        var onMap = page.Descendants("a").Where(Is("place")).SelectMany(place => place.Attribute("data-offices")!.Value.Split(' ')).ToList();
        Assert.Equal(104 - 12, onMap.Count);
        Assert.Equal(onMap.Distinct(), onMap);
        Assert.All(page.Descendants("use"), mark => Assert.Contains(page.Descendants("g"), group => "#" + group.Attribute("id")?.Value == mark.Attribute("href")!.Value));
    }

    [Fact]
    public void OfficePage_Ludvika_ShowsHistoryWithSources()
    {
        var page = PortalPages.Read("/en/offices/ludvika", Publication);

        var steps = page.Descendants("li").Where(Is("step")).Select(step => $"{step.Descendants("span").First(Is("step-date")).Value}: {step.Descendants("span").First(Is("step-kind")).Value}");
        Assert.Equal(["May 2021: Observed open", "February 2025: Closed", "9 December 2025: Reopening announced"], steps);
        Assert.All(page.Descendants("li").Where(Is("step")), step => Assert.NotEmpty(step.Descendants("a")));
    }

    [Fact]
    public void DevelopmentPage_Proposal_HasOfficesOfInquiry()
    {
        var page = PortalPages.Read("/en/development", Publication);

        Assert.Equal("What happened to the 27 offices proposed in 2018?", page.Descendants("h2").Single(heading => heading.Attribute("id")?.Value == "proposal").Value);
        Assert.Equal(["6", "15", "1", "5"], page.Descendants("strong").Where(Is("share-number")).Select(number => number.Value));
    }

    [Fact]
    public void AboutPage_Contact_IsFromSettings()
    {
        var page = PortalPages.Read("/en/about", Publication);

        Assert.Contains(page.Descendants("a"), link => link.Attribute("href")?.Value == "mailto:editors@example.se");
        Assert.Contains("The <editors>", page.Root!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "sv", "Sidan finns inte")]
    [InlineData(503, "en", "Temporarily unavailable")]
    public void ErrorPage_Status_IsInPageLanguage(int status, string language, string title)
    {
        var page = PortalPages.Parse(PortalSite.RenderError(status, "Detail <b>", Language.Find(language)!, null));

        Assert.Equal(title, page.Descendants("h1").Single().Value);
        Assert.Contains("Detail <b>", page.Root!.Value, StringComparison.Ordinal);
    }

    private static Func<XElement, bool> Is(string name) => element =>
        element.Attribute("class")?.Value.Split(' ').Contains(name) == true;
}
