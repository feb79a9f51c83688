using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.LocalHost.Tests.EndToEnd;

/// <summary>Requests that are not valid HTTP, or that try to use more than their share of the service.</summary>
public sealed class HostileRequestTests(HostileRequestTests.Host host) : IClassFixture<HostileRequestTests.Host>
{
    private const string ExpensiveQuery =
        "/odata/v1/$crossjoin(offices,municipalities)?$count=true&$top=0&$filter=" +
        "contains(concat(offices/name,municipalities/name),'qx1')%20or%20contains(concat(offices/name,municipalities/name),'qx2')%20or%20contains(concat(offices/name,municipalities/name),'qx3')";

    private static readonly string[] Paths = ["/", "/odata/v1/offices", "/feeds/changes.atom", "/datasets/dcat", "/downloads/", "/datapackage.json", "/health/ready"];

    public static TheoryData<string> InvalidHosts => ["a..b", "[::1", "a:99999", "%zz", "a,b"];

    [Theory]
    [MemberData(nameof(InvalidHosts))]
    public async Task InvalidHost_EveryRoute_Returns400OrIgnoresIt(string name)
    {
        foreach (var path in Paths)
        {
            var status = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
            Assert.True(status is 400 || (status is 200 or 302 && path is "/" or "/health/ready"), $"{path}: {status}");
        }

        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task Http10_WithoutHost_IsAnswered()
    {
        foreach (var path in Paths)
        {
            Assert.Equal(200, await SendRawAsync($"GET {path} HTTP/1.0\r\n\r\n"));
        }
    }

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("-5\r\nabc\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nab\r\n")]
    [InlineData("3\r\nabcdef\r\n")]
    public async Task InvalidChunk_Content_Returns400WithoutLogEntry(string chunk)
    {
        Assert.Equal(400, await SendRawAsync($"POST /odata/v1/$batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}"));
        Assert.Empty(host.Errors);
    }

    [Theory]
    [InlineData("OData-MaxVersion", 10)]
    [InlineData("OData-Version", 10)]
    [InlineData("OData-MaxVersion", 30_000)]
    public async Task Version_ManyDigits_Returns400(string header, int zeros)
    {
        using var response = await host.SendAsync("GET", "/odata/v1/offices?$top=1", (header, new string('0', zeros) + "4.01"));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.InRange(response.Content.Headers.ContentLength ?? 0, 1, 500);
    }

    [Fact]
    public async Task ExpensiveQueries_Concurrent_LeaveOthersUnaffected()
    {
        var busy = Enumerable.Range(0, 16).Select(_ => host.SendAsync("GET", ExpensiveQuery)).ToArray();

        for (var i = 0; i < 10; i++)
        {
            using var light = await host.SendAsync("GET", $"/odata/v1/offices?$top={i}");
            Assert.Equal(200, (int)light.StatusCode);
        }

        var responses = await Task.WhenAll(busy);
        Assert.All(responses, response => Assert.True((int)response.StatusCode is 200 or 503, $"{response.StatusCode}"));
        Assert.All(responses, response => Assert.Equal(response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null));
        using var afterwards = await host.SendAsync("GET", ExpensiveQuery);
        Assert.Equal(200, (int)afterwards.StatusCode);
    }

    [Fact]
    public async Task ExpensiveQuery_ClientDisconnects_IsEnded()
    {
        using (var client = await ConnectAsync())
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {ExpensiveQuery}&$orderby=offices/id HTTP/1.1\r\nHost: a\r\n\r\n"), TestContext.Current.CancellationToken);
        }

        // The limit of expensive queries is reached only while the query of the disconnected client is evaluated.
        var stopwatch = Stopwatch.StartNew();
        while (true)
        {
            using var response = await host.SendAsync("GET", ExpensiveQuery);
            if ((int)response.StatusCode == 200)
            {
                break;
            }

            Assert.True(stopwatch.Elapsed < TimeSpan.FromMinutes(1), "The query of a disconnected client is still evaluated.");
        }
    }

    [Fact]
    public async Task WrongKeys_Many_Return429()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            using var response = await host.SendAsync("GET", "/register/offices", ("x-functions-key", $"wrong {i}"), ("X-Forwarded-For", "192.0.2.1"));
            statuses.Add((int)response.StatusCode);
            Assert.Equal(response.StatusCode == System.Net.HttpStatusCode.TooManyRequests, response.Headers.RetryAfter is not null);
        }

        Assert.Equal([.. Enumerable.Repeat(401, 20), .. Enumerable.Repeat(429, 10)], statuses);
        using var other = await host.SendAsync("GET", "/register/offices", ("x-functions-key", RunningHost.Key), ("X-Forwarded-For", "192.0.2.2"));
        Assert.Equal(200, (int)other.StatusCode);
        using var missing = await host.SendAsync("GET", "/register/offices", ("X-Forwarded-For", "192.0.2.3"));
        Assert.Equal(401, (int)missing.StatusCode);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        return client;
    }

    private async Task<int> SendRawAsync(string request)
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(line);
        return int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A host that collects the errors in its log.</summary>
    public sealed class Host : RunningHost
    {
        private static readonly ErrorCollector Collector = new();

        public Host()
            : base(["--OData:MaxExpensiveQueries=1"], services: services => services.AddSingleton<ILoggerProvider>(Collector))
        {
        }

        public IReadOnlyCollection<string> Errors => Collector.Errors;
    }

    private sealed class ErrorCollector : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> errors = new();

        public IReadOnlyCollection<string> Errors => errors;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
