using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the names of cities on a map, next to the markers and without overlaps.</summary>
internal static class CityLabels
{
    private const int MaxLabels = 15;
    private const double LetterWidth = 12.5;
    private const double LineHeight = 26;
    private const double MarkerRadius = 14;

    // Distance from the middle of a marker, beyond the number at its lower right.
    private const double Gap = 17;

    // Cities in all parts of the country: Kiruna, Luleå, Umeå, Östersund, Sundsvall, Gävle, Falun, Karlstad, Örebro, Stockholm,
    // Linköping, Jönköping, Göteborg, Kalmar and Malmö.
    private static readonly string[] CountryCities =
        ["2584", "2580", "2480", "2380", "2281", "2180", "2080", "1780", "1880", "0180", "0580", "0680", "1480", "0880", "1280"];

    /// <param name="clusters">The markers, which names do not cover.</param>
    public static void Render(HtmlBuilder html, PublicationView view, MapView map, IReadOnlyList<MarkerCluster> clusters)
    {
        var occupied = clusters.SelectMany(GetBoxes).ToList();
        html.AppendLine($"<g class=\"cities\" aria-hidden=\"true\">");
        foreach (var city in GetCities(view, map))
        {
            var (x, y) = map.Project(city.SeatLatitude, city.SeatLongitude);
            var limits = map.GetLimits((x, y));
            if (clusters.All(cluster => Math.Max(Math.Abs(cluster.X - x), Math.Abs(cluster.Y - y)) > MarkerRadius))
            {
                html.AppendLine($"<circle class=\"city-dot\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>");
            }

            var width = city.Name.Length * LetterWidth;
            (double X, double Y, string Anchor)[] places =
                [(x + Gap, y + 8, "start"), (x - Gap, y + 8, "end"), (x, y - Gap - 4, "middle"), (x, y + Gap + 18, "middle"), (x + Gap, y - 14, "start"), (x - Gap, y - 14, "end"), (x + Gap, y + 32, "start"), (x - Gap, y + 32, "end"), (x + (2 * Gap), y + 8, "start"), (x - (2 * Gap), y + 8, "end"), (x, y - (2 * Gap), "middle"), (x, y + (3 * Gap), "middle")];
            foreach (var place in places)
            {
                var left = place.Anchor switch { "start" => place.X, "end" => place.X - width, _ => place.X - (width / 2) };
                var box = new Box(left, place.Y - LineHeight + 6, left + width, place.Y + 6);
                if (left < limits.Left || left + width > limits.Right || occupied.Any(box.Overlaps))
                {
                    continue;
                }

                occupied.Add(box);
                html.AppendLine($"<text class=\"city\" text-anchor=\"{place.Anchor}\" x=\"{place.X}\" y=\"{place.Y}\">{city.Name}</text>");
                break;
            }
        }

        html.AppendLine($"</g>");
    }

    /// <summary>Gets the boxes of a marker and of its number.</summary>
    private static IEnumerable<Box> GetBoxes(MarkerCluster cluster)
    {
        yield return new Box(cluster.X - MarkerRadius, cluster.Y - MarkerRadius, cluster.X + MarkerRadius, cluster.Y + MarkerRadius);
        if (cluster.Offices.Count > 1)
        {
            yield return new Box(cluster.X + MarkerCluster.NumberX, cluster.Y + MarkerCluster.NumberY - LineHeight + 6, cluster.X + MarkerCluster.NumberX + (LetterWidth * 2), cluster.Y + MarkerCluster.NumberY);
        }
    }

    /// <summary>Gets the chosen cities of the country, or the largest municipalities of a county.</summary>
    private static IEnumerable<Municipality> GetCities(PublicationView view, MapView map) => map.County is null
        ? CountryCities.Select(code => view.FindMunicipality(code)?.Municipality).OfType<Municipality>()
        : view.Municipalities.Select(item => item.Municipality).Where(item => item.CountyCode == map.County).OrderByDescending(item => item.Population).Take(MaxLabels);

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
