namespace ServiceOffices.Telemetry;

/// <summary>Who receives traces, metrics and logs; nobody where neither receiver is stated.</summary>
/// <param name="ApplicationInsightsConnectionString">Of Application Insights; null where it receives nothing.</param>
/// <param name="IdentityClientId">Of the user-assigned identity that sends to Application Insights; null where the connection string alone must do.</param>
/// <param name="TracesPerSecond">Of each instance, to Application Insights: enough to see how the time goes, and the bill does not follow the traffic.</param>
/// <param name="OtlpEndpoint">A collector that speaks OTLP; null where there is none. The exporter reads its address, and OpenTelemetry's other settings, by itself.</param>
public sealed record TelemetryOptions(string? ApplicationInsightsConnectionString, string? IdentityClientId, int TracesPerSecond, Uri? OtlpEndpoint);
