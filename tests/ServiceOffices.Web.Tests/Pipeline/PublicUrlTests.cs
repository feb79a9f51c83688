using System.Net;
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

    // RFC 9110, 7.2: a request with an invalid Host header is answered with 400. Kestrel accepts some invalid names.
    [Theory]
    [InlineData("a..b")]
    [InlineData("[::1")]
    [InlineData("a:99999")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("%zz")]
    public void GetBaseUrl_InvalidHost_Throws(string host)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "http";
        request.Host = new HostString(host);

        Assert.Equal(400, Assert.Throws<BadHttpRequestException>(() => new PublicUrl().GetBaseUrl(request)).StatusCode);
        Assert.Equal("https://example.se", new PublicUrl("https://example.se").GetBaseUrl(request));
    }

    // A request in HTTP/1.0 need not have a Host header.
    [Theory]
    [InlineData("192.0.2.1", "http://192.0.2.1:7071")]
    [InlineData("::ffff:192.0.2.1", "http://192.0.2.1:7071")]
    [InlineData("2001:db8::1", "http://[2001:db8::1]:7071")]
    public void GetBaseUrl_NoHost_ReturnsAddressOfConnection(string address, string expected)
    {
        var context = new DefaultHttpContext { Connection = { LocalIpAddress = IPAddress.Parse(address), LocalPort = 7071 } };
        context.Request.Scheme = "http";

        Assert.Equal(expected, new PublicUrl().GetBaseUrl(context.Request));
    }

    [Theory]
    [InlineData("example.se")]
    [InlineData("ftp://example.se")]
    [InlineData("https://example.se/?a=b")]
    public void Constructor_NotHttpUrl_Throws(string configured) =>
        Assert.Throws<ArgumentException>(() => new PublicUrl(configured));
}
