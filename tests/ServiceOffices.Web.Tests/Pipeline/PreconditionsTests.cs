using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests conditional requests (RFC 9110, 13).</summary>
public sealed class PreconditionsTests
{
    private const string Modified = "Tue, 15 Nov 1994 12:45:26 GMT"; // RFC 9110, 8.8.2.1's example

    private static readonly Reply Page = new()
    {
        MediaType = "application/json",
        Body = ReplyBody.From(new string('x', 2000)),
        IsCompressible = true,
        ETag = new EntityTag("xyzzy"),
        LastModified = new DateTimeOffset(1994, 11, 15, 12, 45, 26, 500, TimeSpan.Zero),
        CacheControl = CachePolicy.Latest,
        Headers = [("Link", "</>; rel=\"license\""), ("Content-Disposition", "attachment")],
    };

    // The comparison table of RFC 9110, 8.8.3.2, with weak comparison, and lists.
    [Theory]
    [InlineData("\"xyzzy\"", 304)]
    [InlineData("W/\"xyzzy\"", 304)]
    [InlineData("\"r2d2xxxx\", \"xyzzy\", \"c3piozzzz\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"xyzzy-gzip\"", 304)]
    [InlineData("\"xyzzy-br\"", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("\"XYZZY\"", 200)]
    [InlineData("xyzzy", 200)]
    [InlineData("", 200)]
    public async Task IfNoneMatch_Value_ReturnsStatus(string value, int status)
    {
        var response = await HttpExchange.SendAsync(Page, headers: ("If-None-Match", value));

        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData("W/\"xyzzy\"", 304)]
    [InlineData("\"xyzzy\"", 304)]
    [InlineData("\"xyzzy-br\"", 200)] // A weak ETag is the same for every encoding.
    public async Task IfNoneMatch_WeakTag_Answers(string value, int status)
    {
        var response = await HttpExchange.SendAsync(Page with { ETag = new EntityTag("xyzzy", IsWeak: true) }, headers: ("If-None-Match", value));

        Assert.Equal(status, response.Status);
        Assert.Equal("W/\"xyzzy\"", response.Headers.ETag);
    }

    [Fact]
    public async Task NotModified_Headers_ExcludeContentHeaders()
    {
        var response = await HttpExchange.SendAsync(Page, headers: [("If-None-Match", "\"xyzzy-br\""), ("Accept-Encoding", "br")]);

        Assert.Empty(response.Body);
        Assert.Equal("\"xyzzy-br\"", response.Headers.ETag);
        Assert.Equal(CachePolicy.Latest, response.Headers.CacheControl);
        Assert.Equal("Accept-Encoding", response.Headers.Vary);
        Assert.Equal(Modified, response.Headers.LastModified);
        Assert.Equal("</>; rel=\"license\"", response.Headers.Link);
        Assert.Equal(0, response.Headers.ContentType.Count);
        Assert.Equal(0, response.Headers.ContentDisposition.Count);
        Assert.Null(response.Headers.ContentLength);
    }

    [Theory]
    [InlineData("Tue, 15 Nov 1994 12:45:25 GMT", 200)]
    [InlineData(Modified, 304)]
    [InlineData("Tue, 15 Nov 1994 12:45:27 GMT", 304)]
    [InlineData("Tuesday, 15-Nov-94 12:45:26 GMT", 304)] // the obsolete RFC 850 form, which recipients must accept
    [InlineData("yesterday", 200)]
    public async Task IfModifiedSince_Date_Answers(string value, int status)
    {
        var response = await HttpExchange.SendAsync(Page, headers: ("If-Modified-Since", value));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task IfNoneMatch_WithIfModifiedSince_TakesPrecedence()
    {
        var response = await HttpExchange.SendAsync(Page, headers: [("If-None-Match", "\"other\""), ("If-Modified-Since", Modified)]);

        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("\"xyzzy\"", 200)]
    [InlineData("\"xyzzy-gzip\"", 200)]
    [InlineData("*", 200)]
    [InlineData("W/\"xyzzy\"", 412)] // 13.1.1: strong comparison
    [InlineData("\"other\"", 412)]
    public async Task IfMatch_Value_Answers(string value, int status)
    {
        var response = await HttpExchange.SendAsync(Page, headers: ("If-Match", value));

        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData(Modified, 200)]
    [InlineData("Tue, 15 Nov 1994 12:45:25 GMT", 412)]
    public async Task IfUnmodifiedSince_Date_ReturnsStatus(string value, int status)
    {
        var response = await HttpExchange.SendAsync(Page, headers: ("If-Unmodified-Since", value));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task IfNoneMatch_OnError_IsIgnored()
    {
        var response = await HttpExchange.SendAsync(new HttpProblem(404, "Nothing is here.").ToReply(), headers: ("If-None-Match", "*"));

        Assert.Equal(404, response.Status);
    }
}
