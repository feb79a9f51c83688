using System.Diagnostics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceOffices.Telemetry;

namespace ServiceOffices.FunctionApp;

/// <summary>
/// Configures the export of traces, metrics and logs to Azure Monitor, an OTLP collector, both or neither, depending on the
/// settings. Both hosts compile this file.
/// </summary>
public static class TelemetryExport
{
    // The cloud role name in Application Insights; OTEL_SERVICE_NAME takes precedence.
    private const string ServiceName = "service-offices";

    /// <summary>Adds the exporters; does nothing if the settings configure no destination.</summary>
    /// <param name="configureTracing">Adds further sources of the host.</param>
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
                // Warnings must be exported even if their trace is not sampled.
                exporter.EnableTraceBasedLogsSampler = false;
            });
            // Set after the exporter, whose sampler samples every trace that the Functions host starts: the last sampler takes effect.
            builder.Services.ConfigureOpenTelemetryTracerProvider((_, tracing) => tracing.SetSampler(new RateLimitingSampler(options.TracesPerSecond, TimeProvider.System)));
        }
    }

    /// <returns>Null if no identity is configured; the connection string must then suffice.</returns>
    private static ManagedIdentityCredential? CreateCredential(string? clientId) =>
        clientId is null ? null : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}

/// <summary>
/// Samples a limited number of traces per second, regardless of the sampling decision in the request. The Functions host marks every
/// request as sampled, and the worker passes that on as a local decision, which the exporter's own limit follows.
/// </summary>
internal sealed class RateLimitingSampler(int maxPerSecond, TimeProvider time) : Sampler
{
    // Recorded but not sampled, so that child spans find their parent and do not start traces of their own.
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
