using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServiceOffices.LocalHost.Tests.Telemetry;

/// <summary>
/// Receives telemetry as a collector: OTLP 1.x over HTTP with protobuf. Field numbers:
/// https://github.com/open-telemetry/opentelemetry-proto, trace.proto, metrics.proto, logs.proto and common.proto.
/// </summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication app;

    private TelemetryCollector(WebApplication app) => this.app = app;

    public ConcurrentBag<Span> Spans { get; } = [];

    public ConcurrentBag<Point> Points { get; } = [];

    public ConcurrentBag<LogRecord> Logs { get; } = [];

    /// <summary>The service names of the resources.</summary>
    public ConcurrentBag<string> Services { get; } = [];

    /// <summary>Everything received, decoded as UTF-8, for finding forbidden content.</summary>
    public ConcurrentBag<byte[]> Received { get; } = [];

    public string Endpoint => app.Urls.Single();

    public static async Task<TelemetryCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new TelemetryCollector(app);
        app.Run(collector.ReceiveAsync);
        await app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Received.Add(body.ToArray());
        var resources = new ProtobufReader(body.ToArray()).Messages(1).ToList();
        foreach (var attribute in resources.SelectMany(resource => resource.Messages(1)).SelectMany(resource => Attributes(resource, 1)).Where(attribute => attribute.Key == "service.name"))
        {
            Services.Add(attribute.Value);
        }

        var items = resources.SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2));
        Action<ProtobufReader> take = context.Request.Path.Value switch
        {
            "/v1/traces" => item => Spans.Add(ToSpan(item)),
            "/v1/metrics" => AddMetric,
            "/v1/logs" => item => Logs.Add(new LogRecord((int)item.Varint(2), item.Messages(5).Single().Text(1), Attributes(item, 6))),
            _ => throw new InvalidOperationException($"OTLP has no path {context.Request.Path}."),
        };
        foreach (var item in items)
        {
            take(item);
        }
    }

    private static Span ToSpan(ProtobufReader span) => new(
        span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Fixed64(7), span.Fixed64(8), Attributes(span, 9));

    // Metric: name 1, unit 3; gauge 5, sum 7, histogram 9, each with points 1.
    private void AddMetric(ProtobufReader metric)
    {
        foreach (var data in metric.Messages(5).Concat(metric.Messages(7)))
        {
            foreach (var point in data.Messages(1))
            {
                Points.Add(new Point(metric.Text(1), metric.Text(3), Attributes(point, 7), point.Has(4) ? point.Double(4) : point.Fixed64(6)));
            }
        }

        foreach (var point in metric.Messages(9).SelectMany(data => data.Messages(1)))
        {
            Points.Add(new Point(metric.Text(1), metric.Text(3), Attributes(point, 9), point.Fixed64(4)));
        }
    }

    private static Dictionary<string, string> Attributes(ProtobufReader item, int number) =>
        item.Messages(number).ToDictionary(pair => pair.Text(1), pair => Value(pair.Messages(2).Single()));

    private static string Value(ProtobufReader value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? (value.Varint(2) == 1).ToString()
        : value.Has(3) ? value.Varint(3).ToString(CultureInfo.InvariantCulture)
        : value.Double(4).ToString(CultureInfo.InvariantCulture);

    /// <param name="StartNanoseconds">Since 1970 in UTC.</param>
    internal sealed record Span(
        string TraceId, string Id, string ParentId, string Name, ulong StartNanoseconds, ulong EndNanoseconds, IReadOnlyDictionary<string, string> Attributes);

    /// <param name="Value">The value of a gauge or counter, the count of a histogram.</param>
    internal sealed record Point(string Name, string Unit, IReadOnlyDictionary<string, string> Attributes, double Value);

    /// <param name="Severity">9: information, 13: warning, 17: error.</param>
    internal sealed record LogRecord(int Severity, string Body, IReadOnlyDictionary<string, string> Attributes);
}
