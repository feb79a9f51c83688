using System.Globalization;
using System.Xml.Linq;
using ServiceOffices.Publishing;
using ServiceOffices.Seed;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Tests.Portal;

public sealed class OfficeMapTests
{
    private static readonly Publication Publication = PortalPages.CreatePublication(SeedData.Entries);

    public static TheoryData<string> Areas => ["/en", .. SeedData.Reference.Counties.Select(county => $"/en?county={county.Code}")];

    [Theory]
    [MemberData(nameof(Areas))]
    public void Markers_OfArea_AreApartAndWithinDrawing(string path)
    {
        var map = PortalPages.Read(path, Publication).Descendants("svg").Single(Is("map-picture"));

        var height = Number(map.Attribute("viewBox")!.Value.Split(' ')[3]);
        var markers = map.Elements("a").Select(link => link.Element("circle")!).Select(circle => (X: Number(circle.Attribute("cx")!.Value), Y: Number(circle.Attribute("cy")!.Value))).ToList();
        Assert.All(markers, marker => Assert.True(marker.X >= 0 && marker.X <= MapView.Width && marker.Y >= 0 && marker.Y <= height, $"{marker}"));
        Assert.All(markers.SelectMany((marker, i) => markers.Skip(i + 1).Select(other => double.Hypot(marker.X - other.X, marker.Y - other.Y))),
            distance => Assert.InRange(distance, MarkerCluster.MinDistance - 0.2, double.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Markers_OfArea_HaveEachLocatedOfficeOnce(string path)
    {
        var map = PortalPages.Read(path, Publication).Descendants("svg").Single(Is("map-picture"));

        var county = path.Split('=') is [_, var code] ? code : null;
        var expected = SeedData.Entries.Select(entry => entry.Office).Where(office => office.Latitude is not null && (county is null || office.MunicipalityCode!.StartsWith(county, StringComparison.Ordinal)));
        Assert.Equal(expected.Select(office => office.Id).Order(StringComparer.Ordinal), map.Elements("a").SelectMany(link => link.Attribute("data-offices")!.Value.Split(' ')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Country_Map_NamesFifteenCities() =>
        Assert.Equal(15, PortalPages.Read("/en", Publication).Descendants("text").Count(Is("city")));

    [Fact]
    public void Country_Map_HasCountyBordersAndLinks()
    {
        var figure = PortalPages.Read("/?lang=sv", Publication).Descendants("figure").Single();

        Assert.NotEmpty(figure.Descendants("path").Single(Is("county-border")).Attribute("d")!.Value);
        Assert.Contains("/?lang=sv&county=12#map", figure.Descendants("a").Select(link => link.Attribute("href")!.Value));
        Assert.Equal(21, figure.Descendants("li").Count(item => item.Element("a") is not null));
    }

    // 3 000 offices in 3 000 places: the combination must not take cubic time.
    [Fact]
    public void Markers_ManyPlaces_AreCombined()
    {
        var template = SeedData.Entries[0];
        var entries = Enumerable.Range(0, 3000).Select(i => template with
        {
            Office = template.Office with { Id = $"office-{i}", Latitude = 56 + (i / 60 * 0.2), Longitude = 13 + (i % 60 * 0.1) },
            Events = [],
        });

        var markers = PortalPages.Read("/en", PortalPages.CreatePublication(entries)).Descendants("a").Where(Is("place")).ToList();

        Assert.InRange(markers.Count, 50, 500);
        Assert.Equal(3000, markers.Sum(marker => marker.Attribute("data-offices")!.Value.Split(' ').Length));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Func<XElement, bool> Is(string name) => element =>
        element.Attribute("class")?.Value.Split(' ').Contains(name) == true;
}
