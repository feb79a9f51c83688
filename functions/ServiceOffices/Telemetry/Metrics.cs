using System.Diagnostics.Metrics;
using ODataEngine.Telemetry;

namespace ServiceOffices.Telemetry;

/// <summary>
/// Records the metrics of the Meter <see cref="Tracing.SourceName"/>. docs/operations.md describes each instrument; the alerts and the
/// workbook in infra-bicep refer to them by name.
/// </summary>
public static class Metrics
{
    private static readonly Meter Meter = new(Tracing.SourceName);

    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram<double>(
        "serviceoffices.request.duration", "s", "Time from the arrival of a request until its response is written, by route, method and status.");

    private static readonly Counter<long> ResponseBytes = Meter.CreateCounter<long>(
        "serviceoffices.response.bytes", "By", "Content sent, as compressed, by route.");

    private static readonly Histogram<double> QueryDuration = Meter.CreateHistogram<double>(
        "serviceoffices.query.duration", "s", "Time to parse and execute an OData query, by kind.");

    private static readonly Counter<long> CacheLookups = Meter.CreateCounter<long>(
        "serviceoffices.cache.lookups", "{lookup}", "Lookups in the caches of this process, by cache and result (hit or miss).");

    private static readonly Counter<long> Rejections = Meter.CreateCounter<long>(
        "serviceoffices.request.rejections", "{request}", "Requests that were rejected to protect others, by limit.");

    private static readonly Histogram<double> RefreshDuration = Meter.CreateHistogram<double>(
        "serviceoffices.refresh.duration", "s", "Refreshes, by outcome.");

    private static readonly Gauge<int> RejectedRows = Meter.CreateGauge<int>(
        "serviceoffices.register.rejected", "{row}", "Invalid rows of the register at the last refresh.");

    private static readonly Gauge<double> PublicationAge = Meter.CreateGauge<double>(
        "serviceoffices.publication.age", "s", "Age of the publication that this process last read from the storage as the current one.");

    /// <summary>Gets the telemetry of the OData engine, on this source and these instruments.</summary>
    public static EngineTelemetry Engine { get; } = new(Tracing.Source, QueryDuration, CacheLookups);

    /// <param name="route">The first segment of the path, such as <c>/odata</c>; there is one per trigger.</param>
    public static void RecordRequest(string route, string method, int status, long bytes, TimeSpan elapsed)
    {
        RequestDuration.Record(
            elapsed.TotalSeconds, new("http.route", route), new("http.request.method", method), new("http.response.status_code", status));
        if (bytes > 0)
        {
            ResponseBytes.Add(bytes, new KeyValuePair<string, object?>("http.route", route));
        }
    }

    public static void RecordCacheLookup(string cache, bool isHit) => CacheLookups.Add(1, new("cache.name", cache), new("cache.result", isHit ? "hit" : "miss"));

    /// <param name="limit">The limit that the request exceeded: one of a few names.</param>
    public static void RecordRejection(string limit) => Rejections.Add(1, new KeyValuePair<string, object?>("limit.name", limit));

    /// <param name="outcome">The name of a RefreshResult, or <c>Failed</c>.</param>
    /// <param name="rejected">Null if the register was not read.</param>
    public static void RecordRefresh(string outcome, int? rejected, TimeSpan elapsed)
    {
        RefreshDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("refresh.outcome", outcome));
        if (rejected is { } rows)
        {
            RejectedRows.Record(rows);
        }
    }

    /// <param name="age">The age of the publication that this process last read from the storage as the current one.</param>
    public static void RecordPublicationAge(TimeSpan age) => PublicationAge.Record(age.TotalSeconds);
}
