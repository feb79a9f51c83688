using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class PublicUrlTests
{
    [Theory]
    [InlineData(null, "http://localhost:7071")]
    [InlineData("https://kontor.example.se", "https://kontor.example.se")]
    [InlineData("https://example.se/kontor/", "https://example.se/kontor")]
    public void Get_Request_IsConfiguredUrlOrRequestUrl(string? stated, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "http";
        request.Host = new HostString("localhost", 7071);

        Assert.Equal(expected, new PublicUrl(stated).GetBaseUrl(request));
    }

    [Theory]
    [InlineData("example.se")]
    [InlineData("ftp://example.se")]
    [InlineData("https://example.se/?a=b")]
    public void Constructor_NotHttpUrl_Throws(string stated) =>
        Assert.Throws<ArgumentException>(() => new PublicUrl(stated));
}
