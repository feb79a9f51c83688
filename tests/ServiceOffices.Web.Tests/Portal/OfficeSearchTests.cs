using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>Searches of readers in the register of the seed, with the first office and the answer above the table.</summary>
public sealed class OfficeSearchTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("malmö", "malmo-kattsundsgatan")]
    [InlineData("malmo", "malmo-kattsundsgatan")]
    [InlineData("MALMÖ", "malmo-kattsundsgatan")]
    [InlineData("göteborg", "gamlestaden")]
    [InlineData("goteborg", "gamlestaden")]
    [InlineData("luleå", "lulea")]
    [InlineData("lulea", "lulea")]
    [InlineData("servicekontor kiruna", "kiruna")]
    [InlineData("kiruna servicekontor", "kiruna")]
    [InlineData("service office kiruna", "kiruna")]
    [InlineData("Kiruna kommun", "kiruna")]
    [InlineData("norrbotten kiruna", "kiruna")]
    [InlineData("örebro", "orebro")]
    [InlineData("orebro", "orebro")]
    [InlineData("uppsala", "gottsunda")]
    [InlineData("city uppsala", "uppsala-city")]
    [InlineData("södertälje", "sodertalje")]
    [InlineData("sodertalje", "sodertalje")]
    [InlineData("visby", "visby")]
    [InlineData("Skåne", "malmo-kattsundsgatan")]
    [InlineData("Västra Götalands län", "gamlestaden")]
    [InlineData("kalmar county", "borgholm")]
    [InlineData("norrbotten", "boden")]
    [InlineData("migrationsverket", "borlange")]
    [InlineData("migration agency", "borlange")]
    [InlineData("skatteverket kiruna", "kiruna")]
    [InlineData("41327", "goteborg-forsta-langgatan")]
    [InlineData("413 27", "goteborg-forsta-langgatan")]
    [InlineData("forsta langgatan", "goteborg-forsta-langgatan")]
    [InlineData("Åre", "jarpen")]
    public async Task Search_PlaceOrAgency_FindsOffice(string text, string first)
    {
        var (offices, answer) = await SearchAsync(text);

        Assert.Equal(first, offices[0]);
        Assert.Null(answer);
    }

    // Municipalities of the ten with most inhabitants where the register has no open office, and smaller ones.
    [Theory]
    [InlineData("Västerås", "Servicekontor Eskilstuna", "27.9 km")]
    [InlineData("vasteras", "Servicekontor Eskilstuna", "27.9 km")]
    [InlineData("Linköping", "Servicekontor Vimmerby", "83.7 km")]
    [InlineData("Helsingborg", "Servicekontor Malmö Kattsundsgatan", "52.9 km")]
    [InlineData("norrkoping", "Servicekontor Eskilstuna", "87.3 km")]
    [InlineData("Lund", "Servicekontor Malmö Kattsundsgatan", "16.4 km")]
    [InlineData("Umeå", "Servicekontor Nordmaling", "47.5 km")]
    [InlineData("gavle", "Servicekontor Gottsunda", "96.6 km")]
    [InlineData("Borås", "Servicekontor Ulricehamn", "29.7 km")]
    [InlineData("Huddinge", "Servicekontor Hallunda", "9.4 km")]
    [InlineData("Sundsvall", "Servicekontor Kramfors", "64.8 km")]
    [InlineData("servicekontor Kungsbacka", "Servicekontor Gamlestaden", "25.3 km")]
    [InlineData("Upplands Väsby kommun", "Servicekontor Järfälla", "10.4 km")]
    [InlineData("österåkers kommun", "Servicekontor Kista", "28.8 km")]
    [InlineData("Ale", "Servicekontor Gamlestaden", "25.3 km")]
    public async Task Search_MunicipalityWithoutOpenOffice_NamesNearest(string text, string nearest, string distance)
    {
        var (_, answer) = await SearchAsync(text);

        Assert.Contains(nearest + ", at most " + distance, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stokholm", "Stockholm")]
    [InlineData("jokmokk", "Jokkmokk")]
    [InlineData("gotborg", "Göteborg")]
    [InlineData("malmø stda", null)]
    [InlineData("servicekontor sotckholm", "Stockholm")]
    [InlineData("upsala city", "Uppsala city")]
    [InlineData("are", "Åre")] // a part of the name of another place
    [InlineData("arbetsförmedlingen boden", null)] // known words, which no office has together
    [InlineData("xyzzyx", null)]
    [InlineData("😀", null)]
    [InlineData("'; DROP TABLE offices --", null)]
    [InlineData("<script>alert(1)</script>", null)]
    public async Task Search_Misspelled_SuggestsName(string text, string? suggestion)
    {
        var (_, answer) = await SearchAsync(text);

        Assert.Equal(suggestion is null ? null : $"Did you mean {suggestion}?", answer);
    }

    [Fact]
    public async Task Search_Suggestion_LinksToResult()
    {
        var page = PortalPages.Parse(await host.GetAsync("/kontor?q=stokholm&status=open"));
        var link = page.Descendants("p").Single(line => line.Attribute("id")?.Value == "answer").Element("a")!.Attribute("href")!.Value;

        Assert.Equal("/kontor?q=Stockholm&status=open", link);
        Assert.NotEmpty(PortalPages.GetOfficeIds(PortalPages.Parse(await host.GetAsync(link))));
    }

    [Fact]
    public async Task Search_OnlyCommonWords_ShowsAllOffices()
    {
        var (offices, _) = await SearchAsync("Servicekontor");

        Assert.Equal(104, offices.Length);
    }

    [Fact]
    public async Task Search_LongText_IsShortenedWithNotice()
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices?page=-1&q=" + new string('x', 5000)));

        Assert.Contains("first 100 characters", page.Descendants("p").Single(line => line.Attribute("class")?.Value == "notice").Value, StringComparison.Ordinal);
    }

    private async Task<(string[] Offices, string? Answer)> SearchAsync(string text)
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices?q=" + Uri.EscapeDataString(text)));
        var answer = page.Descendants("p").SingleOrDefault(line => line.Attribute("id")?.Value == "answer")?.Value;
        return (PortalPages.GetOfficeIds(page), answer is null ? null : string.Join(' ', answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
