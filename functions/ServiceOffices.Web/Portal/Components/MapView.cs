using ODataEngine.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>A drawing of Sweden or of one county, always <see cref="Width"/> units wide, so that markers and labels have the same size on both.</summary>
internal sealed class MapView
{
    /// <summary>The width of every drawing in units; on the map of the country a unit is a kilometre.</summary>
    public const double Width = 675;

    // Kilometres around a county.
    private const double CountyMargin = 12;
    private const double InsetX = 4;
    private const double InsetY = 4;
    private const double InsetSize = 262;

    private readonly MapFrame frame = MapFrame.Country;
    private readonly double left;
    private readonly double top;
    private readonly double scale;

    private MapView(double left, double top, double width, double height, string? county)
    {
        (this.left, this.top, County) = (left, top, county);
        scale = Width / width;
        Height = Math.Round(height * scale);
    }

    /// <summary>The map of the country, with an inset of Stockholm.</summary>
    public static MapView Country { get; } = new(0, 0, Width, MapFrame.Country.Height, null);

    /// <summary>The code of the county; null for the country.</summary>
    public string? County { get; }

    public double Height { get; }

    /// <summary>Creates the map of a county; that of the country if the code is null or has no area.</summary>
    public static MapView ForCounty(string? code)
    {
        var frame = MapFrame.Country;
        if (code is null || frame.Counties.GetValueOrDefault(code) is not [var west, var south, var east, var north])
        {
            return Country;
        }

        // A drawing is neither much wider than high nor higher than the map of the country.
        var width = east - west + (2 * CountyMargin);
        var height = Math.Max(north - south + (2 * CountyMargin), width * 0.6);
        width = Math.Max(width, height * Width / frame.Height);
        return new(((west + east - width) / 2) - (frame.West / 1000), (frame.North / 1000) - ((south + north + height) / 2), width, height, code);
    }

    /// <summary>Converts a position to the units of the drawing; positions in the Stockholm area are in its inset.</summary>
    public (double X, double Y) Project(double latitude, double longitude)
    {
        if (IsInInset(latitude, longitude))
        {
            var (insetX, insetY) = MapFrame.Stockholm.Project(latitude, longitude);
            return (InsetX + (insetX * InsetSize / MapFrame.Stockholm.Width), InsetY + (insetY * InsetSize / MapFrame.Stockholm.Width));
        }

        var (x, y) = frame.Project(latitude, longitude);
        return ((x - left) * scale, (y - top) * scale);
    }

    /// <summary>Gets the horizontal limits of a text at a position: those of the inset or of the drawing.</summary>
    public (double Left, double Right) GetLimits((double X, double Y) point) => County is null && point.X < InsetX + InsetSize && point.Y < InsetY + InsetSize ? (InsetX, InsetX + InsetSize) : (0, Width);

    /// <summary>Gets the markers of the offices with known positions; on the map of a county, of its offices.</summary>
    public IReadOnlyList<MarkerCluster> GetClusters(IEnumerable<OfficeView> offices) => MarkerCluster.Combine(
    [
        .. offices
            .Where(office => office.HasCoordinates && (County is null || office.Published.CountyCode == County))
            .Select(office => (Project(office.Office.Latitude!.Value, office.Office.Longitude!.Value), office))
            .Select(item => (item.Item1.X, item.Item1.Y, item.office)),
    ]);

    /// <summary>Renders the land, the borders of the counties, and the inset.</summary>
    public void RenderLand(HtmlBuilder html)
    {
        html.AppendLine($"""
            <g transform="scale({scale:0.####}) translate({-left:0.##} {-top:0.##})">
            <path class="land-around" d="{frame.Neighbours}"/>
            <path class="land" d="{frame.Sweden}"/>
            <path class="county-border" d="{frame.Borders}"/>
            </g>
            """);
        if (County is null)
        {
            RenderInset(html);
        }
    }

    // A point for each office of the inset would only cover the frame that shows its place on the map.
    private void RenderInset(HtmlBuilder html)
    {
        var stockholm = MapFrame.Stockholm;
        html.AppendLine($"""
            <rect class="inset-source" x="{(stockholm.West - frame.West) / 1000}" y="{(frame.North - stockholm.North) / 1000}" width="{stockholm.Width}" height="{stockholm.Height}" rx="3"/>
            <rect class="inset-sea" x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" rx="10"/>
            <svg x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" viewBox="0 0 {stockholm.Width} {stockholm.Height}"><path class="land" d="{stockholm.Sweden}"/></svg>
            <rect class="inset-frame" x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" rx="10"/>
            <text class="inset-title" x="{InsetX + 6}" y="{InsetY + InsetSize + 30}">{new LocalizedString("Stockholm area", "Stockholmsområdet")}</text>
            """);
    }

    private bool IsInInset(double latitude, double longitude) =>
        County is null && MapFrame.Stockholm.Contains(MapFrame.Stockholm.Project(latitude, longitude));
}
