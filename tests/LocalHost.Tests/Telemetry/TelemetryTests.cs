using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Storage;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Telemetry;

/// <summary>Tests the telemetry of a refresh and of requests on Azurite.</summary>
public sealed class TelemetryTests(TelemetryTests.ExportedTelemetry telemetry) : IClassFixture<TelemetryTests.ExportedTelemetry>
{
    private const string RefreshTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string QueryTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Key = "a-key-that-must-not-be-exported";
    private const string Client = "Somebody's browser/1.0";
    private const string SearchTerm = "Hemligheten";

    [Fact]
    public void RefreshTrace_Spans_AreInOrder()
    {
        Assert.SkipUnless(telemetry.Azurite.IsAvailable, telemetry.Azurite.SkipReason);
        var refresh = telemetry.Span(RefreshTrace, "refresh");

        Assert.Equal(
            ["lease", "finish imports", "read publication", "read register", "compose", "diff", "write", "commit"],
            telemetry.Steps(refresh));
        Assert.Equal("Published", refresh.Attributes["refresh.outcome"]);
        Assert.Equal("2", refresh.Attributes["refresh.revision"]);
        Assert.Equal("1", refresh.Attributes["refresh.changes"]);
    }

    [Fact]
    public void RequestTrace_Spans_HavePlanAndEvaluation()
    {
        Assert.SkipUnless(telemetry.Azurite.IsAvailable, telemetry.Azurite.SkipReason);
        var request = telemetry.Span(QueryTrace, "request");
        var query = telemetry.Span(QueryTrace, "query");

        Assert.Equal(["parse", "plan", "evaluate", "write"], telemetry.Steps(query));
        Assert.Equal(request.Id, query.ParentId);
        Assert.Equal("collection", query.Attributes["query.kind"]);
        Assert.Equal("/odata", request.Attributes["http.route"]);
        Assert.Equal("200", request.Attributes["http.response.status_code"]);
    }

    [Theory]
    [InlineData("serviceoffices.request.duration", "s", "http.request.method=GET http.response.status_code=200 http.route=/odata")]
    [InlineData("serviceoffices.request.duration", "s", "http.request.method=GET http.response.status_code=400 http.route=/odata")]
    [InlineData("serviceoffices.response.bytes", "By", "http.route=/downloads")]
    [InlineData("serviceoffices.query.duration", "s", "query.kind=collection")]
    [InlineData("serviceoffices.query.duration", "s", "query.kind=refused")]
    [InlineData("serviceoffices.cache.lookups", "{lookup}", "cache.name=feeds cache.result=miss")]
    [InlineData("serviceoffices.cache.lookups", "{lookup}", "cache.name=feeds cache.result=hit")]
    [InlineData("serviceoffices.publication.age", "s", "")]
    [InlineData("serviceoffices.refresh.duration", "s", "refresh.outcome=Published")]
    [InlineData("serviceoffices.register.rejected", "{row}", "")]
    public void Metric_WithAttributes_IsExported(string name, string unit, string attributes)
    {
        Assert.SkipUnless(telemetry.Azurite.IsAvailable, telemetry.Azurite.SkipReason);
        Assert.Contains(telemetry.Collector!.Points, point =>
            point.Name == name && point.Unit == unit && attributes == string.Join(' ', point.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void RefreshLog_Record_HasAttributes()
    {
        Assert.SkipUnless(telemetry.Azurite.IsAvailable, telemetry.Azurite.SkipReason);
        var line = Assert.Single(telemetry.Collector!.Logs, log => log.Attributes.GetValueOrDefault("Revision") == "2" && log.Body.StartsWith("Refresh Published", StringComparison.Ordinal));

        Assert.Equal("1", line.Attributes["Changes"]);
        Assert.Equal("0", line.Attributes["Rejected"]);
        Assert.True(long.Parse(line.Attributes["ElapsedMs"], null) > 0);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData(Client)]
    [InlineData(SearchTerm)]
    [InlineData("client.address")]
    public void Telemetry_PersonalOrSecretData_IsAbsent(string text)
    {
        Assert.SkipUnless(telemetry.Azurite.IsAvailable, telemetry.Azurite.SkipReason);
        Assert.NotEmpty(telemetry.Collector!.Received);
        Assert.All(telemetry.Collector!.Received, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void TelemetryResource_Attributes_NameService()
    {
        Assert.SkipUnless(telemetry.Azurite.IsAvailable, telemetry.Azurite.SkipReason);
        Assert.Equal("service-offices", Assert.Single(telemetry.Collector!.Services.Distinct()));
    }

    /// <summary>One run of the host on its own Azurite, and the telemetry that it sent.</summary>
    public sealed class ExportedTelemetry : IAsyncLifetime
    {
        internal Azurite Azurite { get; } = new();

        internal TelemetryCollector? Collector { get; private set; }

        private static CancellationToken Cancel => TestContext.Current.CancellationToken;

        public async ValueTask InitializeAsync()
        {
            await Azurite.InitializeAsync();
            if (!Azurite.IsAvailable)
            {
                return;
            }

            Collector = await TelemetryCollector.StartAsync(Cancel);
            // Telemetry is flushed when the host stops.
            await using var host = Host();
            await host.StartAsync(Cancel);
            using var client = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
            client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Client);

            await RenameAsync(host.Services.GetRequiredService<IRegisterStore>());
            await SendAsync(client, "POST", "/register/refresh", RefreshTrace);
            await SendAsync(client, "GET", $"/odata/v1/offices?$filter=contains(name,'{SearchTerm}')&$orderby=name", QueryTrace);
            await SendAsync(client, "GET", $"/odata/v1/offices?$filter={SearchTerm} eq 1");
            await SendAsync(client, "GET", $"/odata/v1/offices/$filter(contains(name,'{SearchTerm}'))");
            await SendAsync(client, "GET", "/downloads/offices.csv");
            await SendAsync(client, "GET", "/feeds/changes.atom");
            await SendAsync(client, "GET", "/feeds/changes.atom");
        }

        public async ValueTask DisposeAsync()
        {
            if (Collector is not null)
            {
                await Collector.DisposeAsync();
            }

            await Azurite.DisposeAsync();
        }

        internal TelemetryCollector.Span Span(string trace, string name) => Collector!.Spans.Single(span => span.TraceId == trace && span.Name == name);

        internal IEnumerable<string> Steps(TelemetryCollector.Span complete) => Collector!.Spans
            .Where(span => span.ParentId == complete.Id)
            .OrderBy(span => span.StartNanoseconds)
            .Select(span => span.Name);

        private WebApplication Host() => LocalHostApp.Build(
            [
                "--urls=http://127.0.0.1:0",
                $"--{FunctionKey.SettingName}={Key}",
                $"--Storage:ConnectionString={Azurite.ConnectionString}",
                "--Register:LoadStartingData=true",
                $"--OTEL_EXPORTER_OTLP_ENDPOINT={Collector!.Endpoint}",
                "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            ],
            builder => builder.Logging.AddFilter<ConsoleLoggerProvider>(_ => false));

        private static async Task RenameAsync(IRegisterStore register)
        {
            var stored = await register.ReadAsync("storuman", Cancel);
            await register.WriteAsync(stored!.Entry with { Office = stored.Entry.Office with { Name = "Servicekontor i Storuman" } }, stored.ETag, Cancel);
        }

        private static async Task SendAsync(HttpClient client, string method, string path, string? trace = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            request.Headers.Add("x-functions-key", Key);
            if (trace is not null)
            {
                // W3C Trace Context: version, trace, parent, sampled.
                request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
            }

            using var response = await client.SendAsync(request, Cancel);
            await response.Content.ReadAsByteArrayAsync(Cancel);
        }
    }
}
