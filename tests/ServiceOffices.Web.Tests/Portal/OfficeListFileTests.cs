using System.Text;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Seed;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Tests.Portal;

public sealed class OfficeListFileTests
{
    private static readonly Publication Publication = PortalPages.CreatePublication(SeedData.Entries);

    [Fact]
    public async Task File_SwedishPage_HasShownColumnsAndLabels()
    {
        var (name, lines) = await ReadAsync(Language.Swedish, ("status", "closed"), ("county", "14"), ("format", "csv"));

        Assert.Equal("servicekontor-stangt-vastra-gotalands-lan-2026-11-30.csv", name);
        Assert.Equal(
            [
                "Kontor,Status,Kommun,Län,Sedan,Stängt,Stängning aviserad,Avstånd (km),Id",
                "Servicekontor Kungälv,Stängt,Kungälv,Västra Götalands län,2025-05-31,2025-05-31,2025-04-10,,kungalv",
                "Servicekontor Åmål,Stängt,Åmål,Västra Götalands län,2025-05-31,2025-05-31,2025-04-10,,amal",
            ],
            lines);
    }

    [Fact]
    public async Task File_EnglishPageNearMunicipality_HasDistancesInOrder()
    {
        var (name, lines) = await ReadAsync(Language.English, ("near", "2584"), ("status", "open"), ("format", "csv"));

        Assert.Equal("service-offices-open-near-kiruna-2026-11-30.csv", name);
        Assert.StartsWith("Office,Status,Municipality,County,Since,Closed,Closing announced,Distance (km),Id", lines[0], StringComparison.Ordinal);
        Assert.Equal("Servicekontor Kiruna,Open,Kiruna,Norrbotten County,2020-01,,,0,kiruna", lines[1]);
        Assert.Equal(57, lines.Length);
    }

    // The rows are those of the page for the same URL.
    [Theory]
    [InlineData("/kontor?q=malmo", 4)]
    [InlineData("/kontor?sort=name&order=desc", 104)]
    [InlineData("/kontor?q=finns-inte", 0)]
    public async Task File_Query_HasRowsOfPage(string path, int rows)
    {
        var expected = PortalPages.GetOfficeIds(PortalPages.Read(path, Publication));
        var query = path.Split('?')[1].Split('&').Select(option => option.Split('=')).Select(option => (option[0], option[1]));

        var (_, lines) = await ReadAsync(Language.Swedish, [.. query, ("format", "csv")]);

        Assert.Equal(rows, expected.Length);
        Assert.Equal(expected, lines.Skip(1).Select(line => line.Split(',')[^1]));
    }

    [Fact]
    public async Task File_HostileSearch_HasPlainName()
    {
        var (name, _) = await ReadAsync(Language.Swedish, ("q", "\"; filename=x.exe\r\nÅÄÖ 😀"), ("format", "excel.csv"));

        Assert.Matches("^[a-z0-9.-]+$", name);
        Assert.EndsWith(".excel.csv", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_UnknownFormat_IsStatedByPage()
    {
        var query = new Dictionary<string, string> { ["format"] = "pdf" };

        Assert.Null(await PortalPages.Site.CreateFileAsync(new PageUrl(PageKind.Offices, Language.Swedish), query, Publication, TestContext.Current.CancellationToken));
        Assert.Contains("format=pdf", PortalPages.Read("/kontor?format=pdf", Publication).Descendants("p").Single(line => line.Attribute("class")?.Value == "notice").Value, StringComparison.Ordinal);
    }

    private static async Task<(string Name, string[] Lines)> ReadAsync(Language language, params (string Name, string Value)[] query)
    {
        var file = await PortalPages.Site.CreateFileAsync(
            new PageUrl(PageKind.Offices, language), query.ToDictionary(option => option.Name, option => option.Value), Publication, TestContext.Current.CancellationToken);
        return (file!.Name, Encoding.UTF8.GetString(file.Content.Span).TrimEnd().Split("\r\n"));
    }
}
