using ServiceOffices.LocalHost.Hosting;

namespace ServiceOffices.LocalHost.Tests.Hosting;

public sealed class HostJsonTests
{
    [Theory]
    [InlineData("""{"version":"2.0","extensions":{"http":{"routePrefix":""}}}""", "")]
    [InlineData("""{"version":"2.0","extensions":{"http":{"routePrefix":"data"}}}""", "data")]
    [InlineData("""{"version":"2.0","extensions":{"http":{}}}""", "api")]
    [InlineData("""{"version":"2.0"}""", "api")]
    public void RoutePrefix_HostJson_IsConfiguredOrDefault(string json, string expected) =>
        Assert.Equal(expected, HostJson.ReadRoutePrefix(json));

    [Fact]
    public void RoutePrefix_Repository_IsEmpty() =>
        Assert.Equal("", HostJson.ReadRoutePrefix(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"))));
}
