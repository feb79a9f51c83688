using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceOffices.LocalHost.Hosting;

namespace ServiceOffices.LocalHost.Tests.Hosting;

/// <summary>Tests that the local host handles requests as the real Functions host does (measured).</summary>
public sealed class HttpFunctionsTests(HttpFunctionsTests.Host host) : IClassFixture<HttpFunctionsTests.Host>
{
    private const string Key = "a key of the tests";

    private readonly HttpClient client = host.Client;

    [Theory]
    [InlineData("/", "Root:/")]
    [InlineData("/tree", "Tree:/tree")]
    [InlineData("/tree/", "Tree:/tree/")]
    [InlineData("/TREE/a", "Tree:/TREE/a")]
    [InlineData("/tree/$metadata", "Tree:/tree/$metadata")]
    [InlineData("/tree/offices('x')", "Tree:/tree/offices('x')")]
    [InlineData("/tree/a%20b%C3%A5", "Tree:/tree/a bå")]
    [InlineData("/tree/a%2Fb", "Tree:/tree/a%2Fb")] // %2F is not decoded
    [InlineData("/number/12", "Number:/number/12")]
    public async Task Path_Any_ReachesMatchingFunction(string path, string expected) =>
        Assert.Equal(expected, await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("GET", "/other")]
    [InlineData("GET", "/number/twelve")]
    [InlineData("GET", "/number")]
    public async Task Request_NoMatchingFunction_Returns404WithoutContent(string method, string path)
    {
        using var response = await SendAsync(method, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    // The endpoint rejects it with 405 and Allow.
    [Fact]
    public async Task Request_MethodThatTriggerDoesNotList_ReachesFunctionOfPath()
    {
        using var response = await SendAsync("PUT", "/tree/a");

        Assert.Equal("Tree:/tree/a", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/shared/x", "Alpha:/shared/x")] // the function with the catch-all comes first by name, so it handles Beta's more specific route
    [InlineData("/exact/x", "Exact:/exact/x")]
    public async Task Routes_Overlapping_AreTriedInFunctionNameOrder(string path, string expected) =>
        Assert.Equal(expected, await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/secret", null, 401)]
    [InlineData("/secret", "wrong", 401)]
    [InlineData("/secret", "", 401)]
    [InlineData("/secret", Key, 200)]
    [InlineData("/secret?code=a%20key%20of%20the%20tests", null, 200)]
    [InlineData("/secret?code=wrong", null, 401)]
    public async Task FunctionKey_Given_AllowsProtectedFunction(string path, string? key, int status)
    {
        using var response = await SendAsync("POST", path, key);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Exception_Unhandled_ReturnsEmpty500WithHeadersSetBefore()
    {
        using var response = await SendAsync("GET", "/fault");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("Already-Set").Single());
        Assert.Empty(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_PortInUse_FailsWithOneLineThatSaysHowToMove()
    {
        List<string> log = [];
        await using var app = LocalHostApp.Build(
            [$"--urls={client.BaseAddress}", $"--{FunctionKey.SettingName}={Key}"], [typeof(Functions)],
            builder => builder.Logging.ClearProviders().AddProvider(new ListLoggerProvider(log)));

        var exception = await Assert.ThrowsAsync<IOException>(() => LocalHostApp.StartAsync(app));

        Assert.Contains("address already in use. Stop the other process, or choose another port, such as --urls=http://localhost:7072.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.DoesNotContain(log, entry => entry.StartsWith("Error", StringComparison.Ordinal));
    }

    private sealed class ListLoggerProvider(List<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task ServerHeader_Response_IsNotSent()
    {
        using var response = await SendAsync("GET", "/tree");

        Assert.False(response.Headers.Contains("Server"));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public sealed class Host : IAsyncLifetime
    {
        private readonly WebApplication app = LocalHostApp.Build(
            ["--urls=http://127.0.0.1:0", $"--{FunctionKey.SettingName}={Key}"], [typeof(Functions)], builder => builder.Logging.ClearProviders());

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
        [Function("Root")]
        public Task RootAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
            WriteNameAndPathAsync("Root", request);

        [Function("Tree")]
        public Task TreeAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tree/{*path}")] HttpRequest request) =>
            WriteNameAndPathAsync("Tree", request);

        [Function("Number")]
        public Task NumberAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "number/{n:int}")] HttpRequest request) =>
            WriteNameAndPathAsync("Number", request);

        [Function("Beta")]
        public Task BetaAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shared/x")] HttpRequest request) =>
            WriteNameAndPathAsync("Beta", request);

        [Function("Alpha")]
        public Task AlphaAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shared/{*path}")] HttpRequest request) =>
            WriteNameAndPathAsync("Alpha", request);

        [Function("Zeta")]
        public Task ZetaAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exact/{*path}")] HttpRequest request) =>
            WriteNameAndPathAsync("Zeta", request);

        [Function("Exact")]
        public Task ExactAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exact/x")] HttpRequest request) =>
            WriteNameAndPathAsync("Exact", request);

        [Function("Secret")]
        public Task SecretAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "secret")] HttpRequest request) =>
            WriteNameAndPathAsync("Secret", request);

        [Function("Fault")]
        public Task FaultAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fault")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["Already-Set"] = "yes";
            throw new InvalidOperationException("A test exception.");
        }

        private static Task WriteNameAndPathAsync(string name, HttpRequest request) =>
            request.HttpContext.Response.WriteAsync($"{name}:{request.Path.Value}");
    }
}
