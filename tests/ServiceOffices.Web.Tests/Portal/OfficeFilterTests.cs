using System.Text.Json;
using System.Xml.Linq;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>Compares the offices on a page with the results of its OData query.</summary>
public sealed class OfficeFilterTests(RunningHost host) : IClassFixture<RunningHost>
{
    // Counted in functions/ServiceOffices/Seed/offices.csv and events.csv.
    [Theory]
    [InlineData("", 104)]
    [InlineData("?q=KIRUNA", 1)]
    [InlineData("?q=sk%C3%A5ne", 11)]
    [InlineData("?q=A%CC%8Ama%CC%8Al", 1)] // letters and combining rings
    [InlineData("?q=o'x", 0)]
    [InlineData("?q=malmo", 4)] // no office contains it with o
    [InlineData("?q=kontor+goteborg+forsta", 1)]
    [InlineData("?q=413+27", 1)]
    [InlineData("?q=or", 104)] // an operator of $search in upper case; part of "Servicekontor" and "Servicecenter Örebro"
    [InlineData("?q=%22kiruna%5C", 1)]
    [InlineData("?q=%F0%9F%98%80", 0)]
    [InlineData("?q=migrationsverket+gotland&status=open", 1)]
    [InlineData("?q=%25%26%23%2B", 0)]
    [InlineData("?status=open", 56)]
    [InlineData("?status=closed&county=14", 2)]
    [InlineData("?agency=migrationsverket", 3)]
    [InlineData("?video=true", 15)]
    [InlineData("?status=open&near=2584", 56)]
    [InlineData("?sort=municipality&order=desc&status=unknown", 20)]
    [InlineData("?sort=county&status=open", 56)]
    public async Task Offices_AnyFilter_MatchesODataQuery(string query, int expected)
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices" + query));
        var link = page.Descendants("a").Single(link => link.Attribute("data-format")?.Value == "").Attribute("href")!.Value;
        var response = JsonDocument.Parse(await host.GetAsync(link)).RootElement;

        var shown = PortalPages.GetOfficeIds(page);
        Assert.Equal(expected, shown.Length);
        Assert.Equal(shown.Order(StringComparer.Ordinal), response.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Descendants("strong").Single(count => count.Attribute("id")?.Value == "count").Value);
    }

    [Fact]
    public async Task Offices_NearMunicipality_AreOrderedByDistance()
    {
        var page = PortalPages.Parse(await host.GetAsync("/kontor?status=open&near=2584"));

        Assert.Equal("kiruna", PortalPages.GetOfficeIds(page)[0]);
        var distances = page.Descendants("tr").Where(row => row.Attribute("id") is not null && row.Attribute("hidden") is null)
            .Select(row => row.Elements("td").Last().Value).Take(2);
        // SCB's seats of Kiruna and Storuman are 336 km apart.
        Assert.Equal("0,0\u00A0km", distances.First());
    }

    [Fact]
    public async Task Offices_NearMunicipality_OpenOfficesComeFirst()
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices?near=0180"));
        var statuses = page.Descendants("tr").Where(row => row.Attribute("id") is not null).Select(row => row.Attribute("data-status")!.Value).ToList();

        Assert.Equal(56, statuses.TakeWhile(status => status == "open").Count());
        Assert.DoesNotContain("open", statuses.Skip(56));
        Assert.Null(page.Descendants("p").Single(line => line.Attribute("id")?.Value == "distance-note").Attribute("hidden"));
        var others = page.Descendants("tbody").Single(group => group.Attribute("id")?.Value == "others");
        Assert.Null(others.Attribute("hidden"));
        Assert.Equal(statuses.Skip(56), others.Elements("tr").Select(row => row.Attribute("data-status")?.Value).OfType<string>());
    }

    [Theory]
    [InlineData("2584", "kiruna")]
    [InlineData("KIRUNA", "kiruna")]
    [InlineData("Kiruna kommun", "kiruna")]
    [InlineData("lulea", "lulea")]
    [InlineData("Järpen", "jarpen")]
    [InlineData("Västerås", "eskilstuna")]
    public async Task Offices_NearPlace_StartWithNearestOpen(string place, string first)
    {
        var page = PortalPages.Parse(await host.GetAsync("/kontor?near=" + Uri.EscapeDataString(place)));

        Assert.Equal(first, PortalPages.GetOfficeIds(page)[0]);
    }

    [Theory]
    [InlineData("0,0")]
    [InlineData("40.7,-74")]
    [InlineData("Paris")]
    [InlineData("servicekontor")]
    public async Task Offices_NearUnknownPlace_IsReported(string place)
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices?near=" + Uri.EscapeDataString(place)));

        Assert.Contains("near=" + place, page.Descendants("p").Single(line => line.Attribute("class")?.Value == "notice").Value, StringComparison.Ordinal);
        Assert.Equal(104, PortalPages.GetOfficeIds(page).Length);
    }

    [Theory]
    [InlineData("/kontor/STORUMAN", "/kontor/storuman")]
    [InlineData("/en/offices/Storuman?a=b", "/en/offices/storuman?a=b")]
    public async Task Office_OtherLetterCase_IsRedirected(string path, string expected)
    {
        using var response = await host.SendAsync("GET", path);

        Assert.Equal(System.Net.HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location!.OriginalString);
    }

    public static TheoryData<string, string> UnusualQueries { get; } = new()
    {
        { "?q=" + new string('x', 10_000), "100" },
        { "?q=%F0%9F%98%80", "0" },
        { "?q='%3B%20DROP%20TABLE%20offices%20--", "0" },
        { "?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "0" },
        { "?near=0,0", "near=0,0" },
        { "?page=-1", "104" },
        { "?sort=x&order=y&status=shut&county=99&agency=x&video=2", "status=shut" },
    };

    [Theory]
    [MemberData(nameof(UnusualQueries))]
    public async Task Offices_UnusualQuery_ReturnsHelpfulPage(string query, string expected)
    {
        foreach (var path in new[] { "/kontor", "/en/offices", "/en" })
        {
            using var response = await host.SendAsync("GET", path + query);

            Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
            var page = PortalPages.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain(page.Descendants("script"), script => script.Attribute("src") is null);
            if (path != "/en")
            {
                Assert.Contains(expected, page.Descendants("main").Single().Value, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/kontor/finns-inte", "Sidan finns inte")]
    [InlineData("/en/offices/nobody", "Page not found")]
    [InlineData("/en/offices/%3Cscript%3E", "Page not found")]
    public async Task Office_Unknown_Returns404PageInLanguage(string path, string title)
    {
        using var response = await host.SendAsync("GET", path, ("Accept", "text/html"));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(title, PortalPages.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Descendants("h1").Single().Value);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-13-01")]
    public async Task OData_DateOutOfRange_Returns400(string date)
    {
        using var response = await host.SendAsync("GET", "/odata/v1/offices/$count?$at=" + date);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Offices_UnknownValue_IsReportedAndIgnored()
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices?status=shut&q=kiruna"));

        Assert.Equal(["kiruna"], PortalPages.GetOfficeIds(page));
        Assert.Contains("status=shut", page.Descendants("p").Single(line => line.Attribute("class")?.Value == "notice").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offices_SortLinks_ReverseOrder()
    {
        var page = PortalPages.Parse(await host.GetAsync("/en/offices?sort=county"));
        var link = page.Descendants("a").Single(link => link.Attribute("data-sort")?.Value == "county").Attribute("href")!.Value;

        Assert.Equal("/en/offices?sort=county&order=desc", link);
        Assert.Equal("ascending", page.Descendants("a").Single(each => each.Attribute("data-sort")?.Value == "county").Ancestors(XName.Get("th")).Single().Attribute("aria-sort")!.Value);
    }
}
