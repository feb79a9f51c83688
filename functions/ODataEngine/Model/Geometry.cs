namespace ODataEngine.Model;

/// <summary>A line or a polygon on WGS 84. The parts of a line are one sequence of points, those of a polygon its outer ring and its holes, each closed.</summary>
public sealed record Geometry(PrimitiveKind Kind, IReadOnlyList<IReadOnlyList<GeoPoint>> Parts)
{
    /// <summary>Gets the sum of the lengths of the segments in metres, each along the geodesic.</summary>
    public double GetLengthMetres()
    {
        var length = 0.0;
        foreach (var part in Parts)
        {
            for (var i = 1; i < part.Count; i++)
            {
                length += Geodesy.GetDistanceMetres(part[i - 1], part[i]);
            }
        }

        return length;
    }

    /// <summary>
    /// Tests whether a point lies in the polygon or on its border. The sides are straight lines in degrees (RFC 7946, 3.1.1). The polygon must not
    /// cross the antimeridian.
    /// </summary>
    public bool Contains(GeoPoint point)
    {
        var inside = false;
        foreach (var ring in Parts)
        {
            for (var i = 1; i < ring.Count; i++)
            {
                var (a, b) = (ring[i - 1], ring[i]);
                var cross = ((b.Longitude - a.Longitude) * (point.Latitude - a.Latitude)) - ((b.Latitude - a.Latitude) * (point.Longitude - a.Longitude));
                if (cross == 0 && IsBetween(a.Longitude, b.Longitude, point.Longitude) && IsBetween(a.Latitude, b.Latitude, point.Latitude))
                {
                    return true;
                }

                // Each side that a ray to the east crosses toggles between inside and outside; holes toggle back.
                if (a.Latitude > point.Latitude != b.Latitude > point.Latitude && cross > 0 == b.Latitude > a.Latitude)
                {
                    inside = !inside;
                }
            }
        }

        return inside;
    }

    private static bool IsBetween(double first, double second, double value) => value >= Math.Min(first, second) && value <= Math.Max(first, second);
}

/// <summary>A point on the WGS 84 ellipsoid (SRID 4326) in decimal degrees, in GeoJSON's order (RFC 7946, 3.1.1).</summary>
/// <param name="Longitude">-180..180, east positive.</param>
/// <param name="Latitude">-90..90, north positive.</param>
public readonly record struct GeoPoint(double Longitude, double Latitude);
