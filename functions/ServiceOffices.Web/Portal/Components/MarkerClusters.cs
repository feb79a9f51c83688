namespace ServiceOffices.Web.Portal.Components;

/// <summary>Offices that one marker of a map stands for.</summary>
/// <param name="X">The mean position of the offices, in units of the drawing.</param>
/// <param name="Offices">At least one office, open offices first.</param>
internal sealed record MarkerCluster(double X, double Y, IReadOnlyList<OfficeView> Offices)
{
    /// <summary>
    /// The distance between two markers in units of a drawing <see cref="MapView.Width"/> units wide: 24 CSS pixels, the target size of
    /// WCAG 2.2 (success criterion 2.5.8), on the narrowest map, which is 312 pixels wide.
    /// </summary>
    public const double MinDistance = 52;

    /// <summary>The position of the number of offices, relative to the marker.</summary>
    public const double NumberX = 11;

    /// <inheritdoc cref="NumberX"/>
    public const double NumberY = -9;

    // Beyond this number, the offices of each square are combined first, so that the time does not grow with the cube of the number.
    private const int MaxSinglePoints = 200;

    /// <summary>Combines offices whose markers would overlap, the closest first, until all markers are <see cref="MinDistance"/> apart.</summary>
    /// <param name="points">The offices with their positions.</param>
    public static IReadOnlyList<MarkerCluster> Combine(IReadOnlyCollection<(double X, double Y, OfficeView Office)> points)
    {
        var square = points.DistinctBy(point => (point.X, point.Y)).Skip(MaxSinglePoints).Any() ? MinDistance : 0;
        var groups = points
            .GroupBy(point => square == 0 ? (point.X, point.Y) : (Math.Floor(point.X / square), Math.Floor(point.Y / square)))
            .Select(group => new Group(group.Average(point => point.X), group.Average(point => point.Y), [.. group.Select(point => point.Office)]))
            .ToList();
        while (FindClosest(groups) is var (first, second))
        {
            groups[first] = groups[first].Add(groups[second]);
            groups.RemoveAt(second);
        }

        return
        [
            .. groups.OrderBy(group => group.Y).ThenBy(group => group.X)
                .Select(group => new MarkerCluster(group.X, group.Y, [.. group.Offices.OrderBy(office => MapMarker.GetStatusRank(office.Status))])),
        ];
    }

    private static (int First, int Second)? FindClosest(List<Group> groups)
    {
        (int, int)? closest = null;
        var shortest = MinDistance * MinDistance;
        for (var i = 0; i < groups.Count; i++)
        {
            for (var j = i + 1; j < groups.Count; j++)
            {
                var (x, y) = (groups[i].X - groups[j].X, groups[i].Y - groups[j].Y);
                if ((x * x) + (y * y) is var distance && distance < shortest)
                {
                    (shortest, closest) = (distance, (i, j));
                }
            }
        }

        return closest;
    }

    private sealed record Group(double X, double Y, List<OfficeView> Offices)
    {
        public Group Add(Group other)
        {
            var total = Offices.Count + other.Offices.Count;
            return new(
                ((X * Offices.Count) + (other.X * other.Offices.Count)) / total,
                ((Y * Offices.Count) + (other.Y * other.Offices.Count)) / total,
                [.. Offices, .. other.Offices]);
        }
    }
}
