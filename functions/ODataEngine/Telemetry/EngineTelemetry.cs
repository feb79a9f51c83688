using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ODataEngine.Telemetry;

/// <summary>
/// The spans and metrics of the engine, recorded on the source and the instruments that the application gives it. They contain durations
/// and counts, never the text of a query.
/// </summary>
/// <param name="source">The source of the spans <c>query</c>, <c>parse</c>, <c>plan</c>, <c>evaluate</c> and <c>write</c>.</param>
/// <param name="queryDuration">In seconds, with the tag <c>query.kind</c>.</param>
/// <param name="cacheLookups">With the tags <c>cache.name</c> and <c>cache.result</c> (<c>hit</c> or <c>miss</c>).</param>
public sealed class EngineTelemetry(ActivitySource source, Histogram<double> queryDuration, Counter<long> cacheLookups)
{
    /// <summary>The name of the source and the meter of <see cref="Default"/>.</summary>
    public const string DefaultName = "ODataEngine";

    /// <summary>Gets the telemetry of applications that do not configure their own: a source and a meter named <see cref="DefaultName"/>.</summary>
    public static EngineTelemetry Default { get; } = CreateDefault();

    private static EngineTelemetry CreateDefault()
    {
        var meter = new Meter(DefaultName);
        return new EngineTelemetry(
            new ActivitySource(DefaultName),
            meter.CreateHistogram<double>("odataengine.query.duration", "s", "Duration of an OData query, from parsing to the response in memory, by kind."),
            meter.CreateCounter<long>("odataengine.cache.lookups", "{lookup}", "Cache lookups, by cache and result."));
    }

    /// <summary>Starts a span that ends when it is disposed; null if there is no listener.</summary>
    internal Activity? StartActivity(string name) => source.StartActivity(name);

    internal void RecordQuery(string kind, TimeSpan elapsed) => queryDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("query.kind", kind));

    internal void RecordCacheLookup(string cache, bool isHit) => cacheLookups.Add(1, new("cache.name", cache), new("cache.result", isHit ? "hit" : "miss"));
}
