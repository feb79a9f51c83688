using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class PublicUrlTests
{
    [Theory]
    [InlineData(null, "http://localhost:7071")]
    [InlineData("https://kontor.example.se", "https://kontor.example.se")]
    [InlineData("https://example.se/kontor/", "https://example.se/kontor")]
    public void GetBaseUrl_Request_ReturnsConfiguredOrRequestUrl(string? configured, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "http";
        request.Host = new HostString("localhost", 7071);

        Assert.Equal(expected, new PublicUrl(configured).GetBaseUrl(request));
    }

    [Theory]
    [InlineData("example.se")]
    [InlineData("ftp://example.se")]
    [InlineData("https://example.se/?a=b")]
    public void Constructor_NotHttpUrl_Throws(string configured) =>
        Assert.Throws<ArgumentException>(() => new PublicUrl(configured));
}
