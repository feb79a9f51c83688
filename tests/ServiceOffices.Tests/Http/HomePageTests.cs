using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServiceOffices.Http;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.Http;

public sealed partial class HomePageTests
{
    private static readonly PublicationRecord Record = new(
        3,
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        PublicationReason.Edit,
        [new StatusCount("open", 61), new StatusCount(null, 2)],
        2,
        new string('1', 64));

    private static readonly PublishedRegister Register = new([], [], [], new([], [], [], [], []), [], [], [], [Record],
        [new PublishedFile("offices.csv", "offices", "text/csv", 12_345, 79, new string('0', 64), [], 3, "/downloads/3/offices.csv", "r/offices.csv")]);

    private static readonly Publication Publication = new(Record, "r/", new string('2', 64), Register, RegisterModel.Tables(Register));

    [Theory]
    [InlineData("sv", "Servicekontor som öppna data", "inte en tjänst från någon svensk myndighet", "Öppet", "Inte känd")]
    [InlineData("en", "Service Offices Open Data", "not an official service", "Open", "Not known")]
    public void Render_Language_WritesThatLanguage(string language, params string[] texts)
    {
        var page = Page(language);

        Assert.Equal(language, page.Root!.Attribute("lang")!.Value);
        Assert.All(texts, text => Assert.Contains(text, page.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Links_LeadToEverythingThatIsPublished()
    {
        var links = Page("en").Descendants("a").Select(link => link.Attribute("href")!.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "/?lang=sv", "/odata/v1/", "/odata/v1/$metadata", "/odata/v1/$metadata?$format=json",
                "/odata/v1/offices", "/odata/v1/events", "/odata/v1/municipalities", "/odata/v1/counties", "/odata/v1/faregions",
                "/odata/v1/agencies", "/odata/v1/changes", "/odata/v1/publications", "/odata/v1/networksize", "/odata/v1/countysizes",
                "/downloads/offices.csv", "/feeds/changes.atom", "/feeds/changes.json", "/feeds/calendar.ics", "/health/ready", "/health/live",
                "https://creativecommons.org/publicdomain/zero/1.0/",
                "/odata/v1/events?$filter=kind%20eq%20'proposed'&$count=true&$top=0",
            },
            links);
        Assert.All(links, link => Assert.True(Uri.TryCreate(link, UriKind.RelativeOrAbsolute, out _), link));
    }

    [Fact]
    public void Render_Page_HasNoScriptAndNothingFromOtherPlaces()
    {
        var page = Page("sv");

        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("style"));
        Assert.Empty(page.Descendants("img"));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "style" or "onclick" or "src");
    }

    [Fact]
    public void Render_Headings_GoDownOneLevelAtATime()
    {
        var levels = Page("sv").Descendants()
            .Where(element => element.Name.LocalName is ['h', >= '1' and <= '6'])
            .Select(element => element.Name.LocalName[1] - '0').ToList();

        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Render_Publication_IsNamedByRevisionAndDate()
    {
        var text = Page("en").ToString();

        Assert.Contains("Revision 3", text, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:04 UTC", text, StringComparison.Ordinal);
        Assert.Contains("12 kB", text, StringComparison.Ordinal);
    }

    /// <summary>The page read as XML, which shows that its elements nest and its values are encoded.</summary>
    private static XDocument Page(string language)
    {
        var html = HomePage.Render(language == "sv" ? Language.Swedish : Language.English, Publication, RegisterModel.Model);
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        return XDocument.Parse(VoidElement().Replace(html["<!DOCTYPE html>\n".Length..], "<$1$2/>"));
    }

    [GeneratedRegex("<(meta|link|br)([^>]*)>")]
    private static partial Regex VoidElement();
}
