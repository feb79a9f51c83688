using System.Diagnostics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceOffices.Telemetry;

namespace ServiceOffices.FunctionApp;

/// <summary>
/// Where the platform's traces, metrics and logs go: to Azure Monitor, to any collector that speaks OTLP, to both, or
/// nowhere, as the settings say. Both hosts compile this file.
/// </summary>
public static class TelemetryExport
{
    // What Application Insights groups by; OTEL_SERVICE_NAME goes before it.
    private const string ServiceName = "service-offices";

    /// <summary>Adds what sends telemetry; nothing where no setting names a receiver.</summary>
    /// <param name="configureTracing">Further sources of the host's own.</param>
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, TelemetryOptions options, Action<TracerProviderBuilder> configureTracing)
    {
        if (options is { ApplicationInsightsConnectionString: null, OtlpEndpoint: null })
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName).AddEnvironmentVariableDetector())
            .WithTracing(tracing =>
            {
                tracing.AddSource(Tracing.SourceName);
                configureTracing(tracing);
            })
            .WithMetrics(metrics => metrics.AddMeter(Tracing.SourceName))
            .WithLogging(null, logging => logging.IncludeFormattedMessage = true);
        if (options.OtlpEndpoint is not null)
        {
            telemetry.UseOtlpExporter();
        }

        if (options.ApplicationInsightsConnectionString is { } connectionString)
        {
            telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = connectionString;
                exporter.Credential = CreateCredential(options.IdentityClientId);
                // A warning must arrive, whether or not its trace was taken.
                exporter.EnableTraceBasedLogsSampler = false;
            });
            // After the exporter, whose own sampler takes every trace that the Functions host names: the last one counts.
            builder.Services.ConfigureOpenTelemetryTracerProvider((_, tracing) => tracing.SetSampler(new RateLimitingSampler(options.TracesPerSecond, TimeProvider.System)));
        }
    }

    /// <returns>Null where no identity is stated: then the connection string alone must do.</returns>
    private static ManagedIdentityCredential? CreateCredential(string? clientId) =>
        clientId is null ? null : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}

/// <summary>
/// Takes so many traces a second, whatever the sender of a request says of its own. The Functions host marks every request as taken,
/// and the worker hands that on as if it were a decision of this process, which the exporter's own limit obeys.
/// </summary>
internal sealed class RateLimitingSampler(int maxPerSecond, TimeProvider time) : Sampler
{
    // Not taken, but there: its steps find it, and are not taken for traces of their own.
    private static readonly SamplingResult NotSampled = new(SamplingDecision.RecordOnly);
    private static readonly SamplingResult Sampled = new(SamplingDecision.RecordAndSample);

    private readonly Lock counterLock = new();
    private long currentSecond;
    private int sampledInSecond;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (Activity.Current is { } parent && parent.SpanId == samplingParameters.ParentContext.SpanId)
        {
            return parent.Recorded ? Sampled : new SamplingResult(SamplingDecision.Drop);
        }

        var now = time.GetTimestamp() / time.TimestampFrequency;
        lock (counterLock)
        {
            if (now != currentSecond)
            {
                (currentSecond, sampledInSecond) = (now, 0);
            }

            return sampledInSecond++ < maxPerSecond ? Sampled : NotSampled;
        }
    }
}
