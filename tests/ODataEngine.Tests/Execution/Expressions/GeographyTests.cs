using System.Globalization;
using CsCheck;
using ODataEngine.Model;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Execution.Expressions;

/// <summary>Geodesics, and the geo functions (OData 4.01 Part 2, 5.1.1.11).</summary>
public sealed class GeographyTests
{
    // The relative error that Geodesy documents up to 10 000 km.
    private const double Tolerance = 0.00002;

    [Theory]
    // Flinders Peak to Buninyong, 54 972.271 m on GRS 80: the worked example of Vincenty's formula in the Geodetic Datum of Australia Technical Manual.
    [InlineData(144.42486789, -37.95103342, 143.92649553, -37.65282114, 54_972.271)]
    // JFK to LHR, 5 551 759.400 m: the example of GeographicLib's GeodSolve (C. F. F. Karney).
    [InlineData(-73.8, 40.6, -0.5, 51.6, 5_551_759.400)]
    // One degree of the equator is a · π/180; the quarter meridian is 10 001 965.729 m (WGS 84).
    [InlineData(0, 0, 1, 0, 111_319.491)]
    [InlineData(17, 0, 17, 90, 10_001_965.729)]
    // Across the antimeridian.
    [InlineData(179.5, 0, -179.5, 0, 111_319.491)]
    public void Distance_PublishedGeodesics_IsWithinTolerance(double longitude, double latitude, double toLongitude, double toLatitude, double metres)
    {
        var distance = Geodesy.GetDistanceMetres(new(longitude, latitude), new(toLongitude, toLatitude));

        Assert.InRange(distance, metres * (1 - Tolerance), metres * (1 + Tolerance));
    }

    // Wellington to Salamanca, 19 959 679.267 m: the nearly antipodal example of GeographicLib's documentation.
    [Fact]
    public void Distance_NearAntipodes_IsWithinWiderTolerance() =>
        Assert.InRange(Geodesy.GetDistanceMetres(new(174.81, -41.32), new(-5.50, 40.96)), 19_959_679.267 * 0.997, 19_959_679.267 * 1.003);

    [Fact]
    public void Distance_RandomPoints_MatchesVincenty() =>
        SeededCheck.Run(Gen.Select(Point, Point), 20_000, pair =>
        {
            if (VincentyDistance.GetDistanceMetres(pair.Item1, pair.Item2) is { } metres)
            {
                Assert.Equal(metres, Geodesy.GetDistanceMetres(pair.Item1, pair.Item2), (metres * (metres <= 10_000_000 ? Tolerance : 0.003)) + 0.001);
            }
        });

    [Fact]
    public void Distance_NearbyPoints_MatchesVincenty() =>
        SeededCheck.Run(Gen.Select(Point, Gen.Double[-0.01, 0.01], Gen.Double[-0.01, 0.01]), 20_000, step =>
        {
            var (from, east, north) = step;
            var to = new GeoPoint(Math.Clamp(from.Longitude + east, -180, 180), Math.Clamp(from.Latitude + north, -90, 90));
            if (VincentyDistance.GetDistanceMetres(from, to) is { } metres)
            {
                Assert.Equal(metres, Geodesy.GetDistanceMetres(from, to), (metres * Tolerance) + 0.001);
            }
        });

    [Fact]
    public void Distance_Reversed_IsEqualAndNotNaN() =>
        SeededCheck.Run(Gen.Select(EdgePoint, EdgePoint), 10_000, pair =>
        {
            var distance = Geodesy.GetDistanceMetres(pair.Item1, pair.Item2);

            Assert.InRange(distance, 0, 20_100_000);
            Assert.Equal(distance, Geodesy.GetDistanceMetres(pair.Item2, pair.Item1), 0.001);
            Assert.InRange(Geodesy.GetMinDistanceMetres(pair.Item1, pair.Item2), 0, distance);
        });

    // Stockholm to Malmö by Vincenty's formula: 512 948 m.
    [Fact]
    public void GeoDistance_InExpression_IsInMetres()
    {
        var metres = double.Parse(ExpressionEvaluator.Evaluate("geo.distance(place,geography'SRID=4326;POINT(13.0 55.6)')"), CultureInfo.InvariantCulture);

        Assert.Equal(VincentyDistance.GetDistanceMetres(new(18.07, 59.33), new(13.0, 55.6))!.Value, metres, metres * Tolerance);
    }

    [Theory]
    [InlineData("geo.distance(place,place)", "0")]
    [InlineData("geo.distance(place,parent/place)", "null")]
    [InlineData("geo.distance(null,place)", "null")]
    [InlineData("geo.length(geography'LINESTRING(0 0,1 0)') gt 111319.4 and geo.length(geography'LINESTRING(0 0,1 0)') lt 111319.6", "true")]
    [InlineData("geo.length(geography'LINESTRING(0 0,1 0,0 0)') div geo.length(geography'LINESTRING(0 0,1 0)')", "2")]
    [InlineData("geo.intersects(place,geography'POLYGON((10 54,25 54,25 70,10 70,10 54))')", "true")]
    [InlineData("geo.intersects(place,geography'POLYGON((10 54,10 70,25 70,25 54,10 54))')", "true")]
    [InlineData("geo.intersects(place,geography'POLYGON((10 54,25 54,25 55,10 55,10 54))')", "false")]
    // On a side and on a corner; in a hole, and on the side of the hole.
    [InlineData("geo.intersects(geography'POINT(0 1)',geography'POLYGON((0 0,2 0,2 2,0 2,0 0))')", "true")]
    [InlineData("geo.intersects(geography'POINT(2 2)',geography'POLYGON((0 0,2 0,2 2,0 2,0 0))')", "true")]
    [InlineData("geo.intersects(geography'POINT(2 2.000001)',geography'POLYGON((0 0,2 0,2 2,0 2,0 0))')", "false")]
    [InlineData("geo.intersects(geography'POINT(5 5)',geography'POLYGON((0 0,9 0,9 9,0 9,0 0),(4 4,4 6,6 6,6 4,4 4))')", "false")]
    [InlineData("geo.intersects(geography'POINT(4 5)',geography'POLYGON((0 0,9 0,9 9,0 9,0 0),(4 4,4 6,6 6,6 4,4 4))')", "true")]
    [InlineData("geo.intersects(geography'POINT(3 5)',geography'POLYGON((0 0,9 0,9 9,0 9,0 0),(4 4,4 6,6 6,6 4,4 4))')", "true")]
    // A concave area, with the ray through a corner.
    [InlineData("geo.intersects(geography'POINT(1 2)',geography'POLYGON((0 0,4 0,4 4,2 2,0 4,0 0))')", "true")]
    [InlineData("geo.intersects(geography'POINT(2 3)',geography'POLYGON((0 0,4 0,4 4,2 2,0 4,0 0))')", "false")]
    [InlineData("geo.intersects(parent/place,geography'POLYGON((0 0,1 0,1 1,0 0))')", "null")]
    public void GeoFunction_Shapes_ReturnsValue(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    [Theory]
    [InlineData("place eq null", "false")]
    [InlineData("parent/place eq null", "true")]
    public void Geography_Comparison_AllowsOnlyNull(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    [Theory]
    [InlineData("place eq place")]
    [InlineData("place lt place")]
    [InlineData("geo.distance(place,geography'SRID=0;POINT(1 2)')")]
    [InlineData("geo.distance(place,geography'POINT(181 2)')")]
    [InlineData("geo.distance(place,name)")]
    [InlineData("geo.intersects(place,geography'LINESTRING(0 0,1 1)')")]
    [InlineData("geo.intersects(place,geography'POLYGON((0 0,1 1,2 2))')")]
    public void Geography_Invalid_Returns400(string expression) => Assert.Equal(400, ExpressionEvaluator.GetError(expression).Status);

    private static Gen<GeoPoint> Point { get; } = Gen.Select(Gen.Double[-180, 180], Gen.Double[-90, 90], (longitude, latitude) => new GeoPoint(longitude, latitude));

    // Poles, the antimeridian, antipodes and points next to them.
    private static Gen<GeoPoint> EdgePoint { get; } = Gen.Select(
        Gen.OneOf(-180, -179.9999999, -90, 0, 1e-9, 90, 179.9999999, 180), Gen.OneOf(-90, -89.9999999, -45, -1e-9, 0, 1e-9, 45, 89.9999999, 90), (longitude, latitude) => new GeoPoint(longitude, latitude));
}
