using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.LocalHost.Tests.Hosting;

/// <summary>Tests behaviour that needs a real connection.</summary>
public sealed class ConnectionTests(ConnectionTests.Host host) : IClassFixture<ConnectionTests.Host>
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];

    [Fact]
    public async Task Head_File_HasContentLengthAndKeepsConnection()
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, "file");
        using var first = await host.Client.SendAsync(head, TestContext.Current.CancellationToken);
        var second = await host.Client.GetByteArrayAsync(new Uri("file", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(200_000, first.Content.Headers.ContentLength);
        Assert.Equal(Content, second);
    }

    [Fact]
    public async Task Ranges_File_CanBeConcatenated()
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, "file") { Headers = { Range = new RangeHeaderValue(150_000, null) } };
        using var rest = await host.Client.SendAsync(get, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(Content[150_000..], await rest.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stream_EndsEarly_AbortsConnection()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            host.Client.GetByteArrayAsync(new Uri("short", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StreamedContent_FailsMidway_AbortsConnection()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            host.Client.GetByteArrayAsync(new Uri("broken", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StreamedContent_FailsBeforeStart_Returns500()
    {
        using var response = await host.Client.GetAsync(new Uri("not-started", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    public sealed class Host : IAsyncLifetime
    {
        private readonly WebApplication app = LocalHostApp.Build(
            ["--urls=http://127.0.0.1:0", $"--{FunctionKey.SettingName}=x"], [typeof(Functions)], _ => { });

        public HttpClient Client { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            Client.BaseAddress = new Uri(app.Urls.Single());
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }
    }

    public sealed class Functions
    {
        private static readonly RequestPipeline Pipeline = new(NullLogger<RequestPipeline>.Instance);

        [Function("File")]
        public Task FileAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "file")] HttpRequest request) =>
            Pipeline.ExecuteAsync(request.HttpContext, AllowedMethods.PublicRead, (_, _) => ValueTask.FromResult(new Reply
            {
                MediaType = "application/octet-stream",
                Body = ReplyBody.From(Content.Length, (offset, length, _) => ValueTask.FromResult<Stream>(new MemoryStream(Content, (int)offset, (int)length))),
                AcceptsRanges = true,
            }));

        [Function("Short")]
        public Task ShortAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "short")] HttpRequest request) =>
            Pipeline.ExecuteAsync(request.HttpContext, AllowedMethods.PublicRead, (_, _) => ValueTask.FromResult(new Reply
            {
                MediaType = "application/octet-stream",
                Body = ReplyBody.From(Content.Length + 1, (_, _, _) => ValueTask.FromResult<Stream>(new MemoryStream(Content))),
            }));

        [Function("Broken")]
        public Task BrokenAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) => WriteAndFailAsync(request, Content);

        [Function("NotStarted")]
        public Task NotStartedAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "not-started")] HttpRequest request) => WriteAndFailAsync(request, []);

        private static Task WriteAndFailAsync(HttpRequest request, byte[] before) =>
            Pipeline.ExecuteAsync(request.HttpContext, AllowedMethods.PublicRead, (_, _) => ValueTask.FromResult(new Reply
            {
                MediaType = "application/octet-stream",
                Body = ReplyBody.From(async (output, cancellationToken) =>
                {
                    if (before.Length > 0)
                    {
                        await output.WriteAsync(before, cancellationToken);
                    }

                    throw new InvalidOperationException("The rows ended unexpectedly.");
                }),
            }));
    }
}
