namespace ServiceOffices.Tables;

/// <summary>A point on the WGS 84 ellipsoid (SRID 4326) in decimal degrees, in GeoJSON's order (RFC 7946, 3.1.1).</summary>
/// <param name="Longitude">-180..180, east positive.</param>
/// <param name="Latitude">-90..90, north positive.</param>
public readonly record struct GeoPoint(double Longitude, double Latitude);
