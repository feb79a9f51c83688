using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Tests.Portal;

public sealed class SwerefTests
{
    // Lantmäteriet's control point for SWEREF 99 TM (55° 00' N, 12° 45' E).
    [Fact]
    public void FromWgs84_ControlPoint_IsWithinOneCentimetre()
    {
        var (east, north) = SwerefProjection.Project(55, 12.75);

        Assert.Equal(6_097_106.672, north, 0.01);
        Assert.Equal(356_083.438, east, 0.01);
    }

    [Fact]
    public void FromWgs84_CentralMeridian_IsFalseEasting()
    {
        Assert.Equal(500_000, SwerefProjection.Project(62, 15).East, 0.001);
        Assert.True(SwerefProjection.Project(62, 15).North < SwerefProjection.Project(62.1, 15).North);
    }

    [Fact]
    public void FromWgs84_BothSidesOfMeridian_AreSymmetric()
    {
        var (west, east) = (SwerefProjection.Project(60, 12), SwerefProjection.Project(60, 18));

        Assert.Equal(1_000_000, west.East + east.East, 0.001);
        Assert.Equal(west.North, east.North, 0.001);
    }
}
