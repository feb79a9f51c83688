using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class RequestPipelineTests
{
    private static readonly Reply Text = new() { MediaType = "text/plain; charset=utf-8", Body = ReplyBody.From("åäö") };

    [Fact]
    public async Task Get_Content_HasLengthAndCors()
    {
        var response = await HttpExchange.SendAsync(Text);

        Assert.Equal(200, response.Status);
        Assert.Equal("åäö", Encoding.UTF8.GetString(response.Body));
        Assert.Equal(6, response.Headers.ContentLength);
        Assert.Equal("text/plain; charset=utf-8", response.Headers.ContentType);
        Assert.Equal("*", response.Headers.AccessControlAllowOrigin);
        Assert.Contains("ETag", response.Headers.AccessControlExposeHeaders.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
    }

    [Fact]
    public async Task Head_Content_HasHeadersOfGetAndNoBody()
    {
        var get = await HttpExchange.SendAsync(Text);
        var head = await HttpExchange.SendAsync(Text, "HEAD");

        Assert.Empty(head.Body);
        Assert.Equal(get.Status, head.Status);
        Assert.Equal(get.Headers.OrderBy(h => h.Key), head.Headers.OrderBy(h => h.Key));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("get")] // RFC 9110, 9.1: method names are case-sensitive.
    public async Task Method_NotAllowed_Returns405WithAllow(string method)
    {
        var response = await HttpExchange.SendAsync(Text, method);

        Assert.Equal(405, response.Status);
        Assert.Equal("GET, HEAD, OPTIONS", response.Headers.Allow);
        Assert.Equal("application/problem+json", response.Headers.ContentType);
        Assert.Equal("*", response.Headers.AccessControlAllowOrigin);
    }

    [Fact]
    public async Task Options_PublicResource_AllowsPreflight()
    {
        var response = await HttpExchange.SendAsync(Text, "OPTIONS", null, ("Origin", "https://example.se"), ("Access-Control-Request-Method", "GET"));

        Assert.Equal(204, response.Status);
        Assert.Empty(response.Body);
        Assert.Equal("GET, HEAD, OPTIONS", response.Headers.Allow);
        Assert.Equal("*", response.Headers.AccessControlAllowOrigin);
        Assert.Equal("GET, HEAD, OPTIONS", response.Headers.AccessControlAllowMethods);
        Assert.Equal("*", response.Headers.AccessControlAllowHeaders);
        Assert.Equal("86400", response.Headers.AccessControlMaxAge);
    }

    [Fact]
    public async Task Options_EditingResource_AllowsNoOtherOrigin()
    {
        var response = await HttpExchange.SendAsync(Text, "OPTIONS", AllowedMethods.Post);

        Assert.Equal("POST, OPTIONS", response.Headers.Allow);
        Assert.Equal(0, response.Headers.AccessControlAllowOrigin.Count);
        Assert.Equal(0, response.Headers.AccessControlAllowMethods.Count);
    }

    [Fact]
    public async Task Exception_InEndpoint_Returns500WithoutDetails()
    {
        var response = await HttpExchange.SendAsync((_, _) => throw new InvalidOperationException("AccountKey=secret"));

        Assert.Equal(500, response.Status);
        Assert.Equal("application/problem+json", response.Headers.ContentType);
        Assert.Equal("no-store", response.Headers.CacheControl);
        var problem = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal("/docs/problems/internal-server-error", problem.GetProperty("type").GetString());
        Assert.Equal("Internal Server Error", problem.GetProperty("title").GetString());
        Assert.Equal(500, problem.GetProperty("status").GetInt32());
        Assert.Equal("/x", problem.GetProperty("instance").GetString());
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_Unavailable_Returns503WithRetryAfter()
    {
        var response = await HttpExchange.SendAsync((_, _) => throw new StorageUnavailableException("https://account", new TimeoutException()));

        Assert.Equal(503, response.Status);
        Assert.Equal("60", response.Headers.RetryAfter);
        Assert.DoesNotContain("account", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_UnknownOutcome_Returns503ThatDoesNotDenyTheChange()
    {
        var response = await HttpExchange.SendAsync(
            (_, _) => throw new StorageUnavailableException("https://account", new TimeoutException()) { IsOutcomeUnknown = true });

        Assert.Equal((503, "60"), (response.Status, response.Headers.RetryAfter.ToString()));
        Assert.Contains("the change may have been applied", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_CustomErrorFormat_UsesThatFormat()
    {
        var pipeline = new RequestPipeline(NullLogger<RequestPipeline>.Instance);

        var response = await HttpExchange.SendAsync(
            context => pipeline.ExecuteAsync(
                context,
                AllowedMethods.PublicRead,
                (_, _) => throw new InvalidOperationException(),
                problem => new Reply { Status = problem.Status, Body = ReplyBody.From("odata") }),
            "GET", []);

        Assert.Equal(500, response.Status);
        Assert.Equal("odata", Encoding.UTF8.GetString(response.Body));
    }

    [Fact]
    public async Task Exception_AfterClientDisconnected_IsIgnored()
    {
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        context.Request.Method = "GET";

        await new RequestPipeline(NullLogger<RequestPipeline>.Instance).ExecuteAsync(
            context, AllowedMethods.PublicRead, (_, token) => throw new OperationCanceledException(token));

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Empty(context.Response.Headers);
    }

    [Fact]
    public async Task Stream_ShorterThanContentLength_IsAborted()
    {
        var reply = Text with { Body = ReplyBody.From(10, (_, _, _) => ValueTask.FromResult<Stream>(new MemoryStream([1, 2, 3]))) };

        var response = await HttpExchange.SendAsync(reply);

        // In memory the response is not marked as started, so the failure results in a response; on a real connection it is aborted.
        Assert.Equal(500, response.Status);
    }
}
