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
    /// <summary>The setting that sends to Azure Monitor.</summary>
    public const string AzureSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The client id of the identity that sends to Azure Monitor, where it is a user-assigned one.</summary>
    public const string IdentitySetting = "AZURE_CLIENT_ID";

    /// <summary>The setting that sends by OTLP; OpenTelemetry's other settings are heeded too (https://opentelemetry.io/docs/specs/otel/protocol/exporter).</summary>
    public const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // What Application Insights groups by; OTEL_SERVICE_NAME goes before it.
    private const string ServiceName = "service-offices";

    // Of each instance, to Azure Monitor: enough to see how the time goes, and the bill does not follow the traffic.
    private const double TracesPerSecond = 1;

    /// <summary>Adds what sends telemetry; nothing where no setting names a receiver.</summary>
    /// <param name="configureTracing">Further sources of the host's own.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, Action<TracerProviderBuilder> configureTracing)
    {
        var azure = builder.Configuration[AzureSetting];
        var otlp = builder.Configuration[OtlpSetting];
        if (string.IsNullOrEmpty(azure) && string.IsNullOrEmpty(otlp))
        {
            return;
        }

        Check(azure, otlp);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName).AddEnvironmentVariableDetector())
            .WithTracing(tracing =>
            {
                tracing.AddSource(Traced.SourceName);
                configureTracing(tracing);
            })
            .WithMetrics(metrics => metrics.AddMeter(Traced.SourceName))
            .WithLogging(null, logging => logging.IncludeFormattedMessage = true);
        if (!string.IsNullOrEmpty(otlp))
        {
            telemetry.UseOtlpExporter();
        }

        if (!string.IsNullOrEmpty(azure))
        {
            telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = azure;
                exporter.Credential = Identity(builder.Configuration[IdentitySetting]);
                exporter.TracesPerSecond = TracesPerSecond;
                // A warning must arrive, whether or not its trace was taken.
                exporter.EnableTraceBasedLogsSampler = false;
            });
        }
    }

    // The exporters would only log that they cannot send, and nobody would see it.
    private static void Check(string? azure, string? otlp)
    {
        if (!string.IsNullOrEmpty(otlp) && !(Uri.TryCreate(otlp, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            throw new InvalidOperationException($"{OtlpSetting} must be an absolute http or https URL; got '{otlp}'.");
        }

        if (!string.IsNullOrEmpty(azure) && !azure.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"{AzureSetting} must be a connection string of Application Insights: InstrumentationKey=…;IngestionEndpoint=…");
        }
    }

    /// <returns>Null where no identity is stated: then the connection string alone must do.</returns>
    private static ManagedIdentityCredential? Identity(string? clientId) =>
        string.IsNullOrEmpty(clientId) ? null : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
