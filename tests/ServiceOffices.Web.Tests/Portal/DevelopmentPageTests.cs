using System.Xml.Linq;
using ServiceOffices.Publishing;
using ServiceOffices.Seed;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>Tests the statistics page with the initial register on 2026-11-30.</summary>
public sealed class DevelopmentPageTests
{
    private static readonly Publication Publication = PortalPages.CreatePublication(SeedData.Entries);

    // Seed/events.csv: nine closings on 2025-05-31 and 2025-06-14.
    [Fact]
    public void EventTable_Closings2025_LinkOfficesAndSources()
    {
        var rows = Rows(PortalPages.Read("/en/development", Publication), "event-table");

        var closings = rows.Where(row => row.Elements("td").First().Value is "2025-05-31" or "2025-06-14" && row.Elements("td").ElementAt(1).Value.Contains("Closed", StringComparison.Ordinal)).ToList();
        Assert.Equal(9, closings.Count);
        Assert.All(closings, row => Assert.Equal(2, row.Descendants("a").Count()));
        Assert.All(closings, row => Assert.StartsWith("/en/offices/", row.Descendants("a").First().Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.All(closings, row => Assert.StartsWith("https://", row.Descendants("a").Last().Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.Equal(rows.Select(row => row.Elements("td").First().Value[..4]).OrderDescending(), rows.Select(row => row.Elements("td").First().Value[..4]));
    }

    [Fact]
    public void Charts_All_HaveNamesAxesAndTables()
    {
        var page = PortalPages.Read("/utveckling", Publication);

        var charts = page.Descendants("svg").Where(Is("chart")).ToList();
        Assert.Equal(2, charts.Count);
        Assert.All(charts, chart => Assert.Contains("tabell", chart.Attribute("aria-label")!.Value, StringComparison.Ordinal));
        Assert.All(charts, chart => Assert.InRange(chart.Elements("text").Count(Is("axis-y")), 3, 20));
        Assert.Equal(["Antal kontor", "Kontor per månad"], charts.Select(chart => chart.Elements("text").Single(Is("axis-title")).Value));
        Assert.Equal("13", charts[0].Elements("text").Single(Is("value-closed")).Value);
    }

    // An event of an undated source has the day on which the source was read, which is no date of an opening.
    [Fact]
    public void OpeningsTable_UndatedSources_AreNotCounted()
    {
        var entry = SeedData.Entries.Single(entry => entry.Office.Id == "halmstad");
        var undated = entry with { Events = [entry.Events[0] with { Kind = "opened", Precision = "undated" }] };

        var page = PortalPages.Read("/en/development", PortalPages.CreatePublication([undated]));

        Assert.Empty(page.Descendants("table").Single(Is("narrow")).Element("tbody")!.Elements());
    }

    [Fact]
    public void Comparison_TwoDates_ListsDifferences()
    {
        var page = PortalPages.Read("/en/development?from=2025-05-30&to=2025-05-31", Publication);

        var rows = page.Descendants("table").Single(table => table.Attribute("id")?.Value == "differences").Element("tbody")!.Elements("tr").ToList();
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(["Open", "Closed"], row.Elements("td").Select(cell => cell.Value.Trim())));
        var labels = page.Descendants("div").Single(Is("compare-maps")).Elements("figure").Select(map => map.Element("figcaption")!.Value.Trim()).ToList();
        Assert.Equal(2, labels.Count);
        Assert.StartsWith("30 May 2025: ", labels[0], StringComparison.Ordinal);
        Assert.StartsWith("31 May 2025: ", labels[1], StringComparison.Ordinal);
        Assert.Contains(page.Descendants("use"), mark => mark.Attribute("href")!.Value == "#m-closed");
        Assert.Contains(page.Descendants("a"), link => link.Attribute("href")!.Value == "/utveckling?from=2025-05-30&to=2025-05-31");
    }

    [Fact]
    public void Comparison_Default_IsFromPreviousYear()
    {
        var page = PortalPages.Read("/utveckling", Publication);

        Assert.Equal(["2025-01-01", "2026-11-30"], page.Descendants("input").Where(input => input.Attribute("type")?.Value == "date").Select(input => input.Attribute("value")!.Value));
        Assert.DoesNotContain(page.Descendants("div"), element => Is("notice")(element));
    }

    [Theory]
    [InlineData("from=2025-13-01", "”2025-13-01” är inget datum. Skriv datum som år-månad-dag")]
    [InlineData("to=i%20g%C3%A5r", "(to): ”i går” är inget datum.")]
    [InlineData("from=1900-01-01", "1900-01-01 ligger utanför registrets period. Välj ett datum från 2017-12-05 till 2026-11-30.")]
    [InlineData("to=2099-01-01", "2099-01-01 ligger utanför registrets period.")]
    [InlineData("from=2026-01-01&to=2025-01-01", "Första datum, 2026-01-01, är senare än andra datum, 2025-01-01. Datumen har bytt plats.")]
    public void Comparison_InvalidDates_AreExplained(string query, string explanation)
    {
        var page = PortalPages.Read("/utveckling?" + query, Publication);

        Assert.Contains(explanation, page.Descendants("div").Single(Is("notice")).Value, StringComparison.Ordinal);
        Assert.Equal(2, page.Descendants("div").Single(Is("compare-maps")).Elements("figure").Count());
    }

    private static List<XElement> Rows(XDocument page, string frame) =>
        [.. page.Descendants("section").Single(Is(frame)).Descendants("tbody").Single().Elements("tr")];

    private static Func<XElement, bool> Is(string name) => element =>
        element.Attribute("class")?.Value.Split(' ').Contains(name) == true;
}
