using ServiceOffices.Register.Model;

namespace ServiceOffices.Tests.Register;

public sealed class Sweref99Tests
{
    // Lantmäteriet's control point for SWEREF 99 TM (55° 00' N, 12° 45' E).
    [Fact]
    public void FromDegrees_ControlPoint_IsWithinOneCentimetre()
    {
        var (east, north) = Sweref99.FromDegrees(55, 12.75);

        Assert.Equal(6_097_106.672, north, 0.01);
        Assert.Equal(356_083.438, east, 0.01);
    }

    [Fact]
    public void FromDegrees_CentralMeridian_IsFalseEasting()
    {
        Assert.Equal(500_000, Sweref99.FromDegrees(62, 15).East, 0.001);
        Assert.True(Sweref99.FromDegrees(62, 15).North < Sweref99.FromDegrees(62.1, 15).North);
    }

    [Fact]
    public void FromDegrees_BothSidesOfMeridian_AreSymmetric()
    {
        var (west, east) = (Sweref99.FromDegrees(60, 12), Sweref99.FromDegrees(60, 18));

        Assert.Equal(1_000_000, west.East + east.East, 0.001);
        Assert.Equal(west.North, east.North, 0.001);
    }

    // Computed with PROJ (EPSG:4326 to EPSG:3006).
    [Theory]
    [InlineData(65.0948, 17.1139, 599_316.507, 7_220_681.917)]
    public void FromDegrees_Place_EqualsProj(double latitude, double longitude, double east, double north)
    {
        var projected = Sweref99.FromDegrees(latitude, longitude);

        Assert.Equal(east, projected.East, 0.01);
        Assert.Equal(north, projected.North, 0.01);
    }

    [Theory]
    [InlineData(55, 12.75)]
    [InlineData(55.34, 13.36)]
    [InlineData(59.33, 18.07)]
    [InlineData(65.84, 24.14)]
    [InlineData(69.06, 20.55)]
    public void ToDegrees_ProjectedPlace_IsSamePlace(double latitude, double longitude)
    {
        var (east, north) = Sweref99.FromDegrees(latitude, longitude);

        var degrees = Sweref99.ToDegrees(north, east);

        Assert.Equal(latitude, degrees.Latitude, 7);
        Assert.Equal(longitude, degrees.Longitude, 7);
    }
}
