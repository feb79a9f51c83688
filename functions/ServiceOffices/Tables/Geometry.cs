namespace ServiceOffices.Tables;

/// <summary>A line or a polygon on WGS 84: for a line one run of points, for a polygon its outer ring, then its holes, each closed.</summary>
public sealed record Geometry(PrimitiveKind Kind, IReadOnlyList<IReadOnlyList<GeoPoint>> Parts);
