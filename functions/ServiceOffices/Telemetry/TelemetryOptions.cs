namespace ServiceOffices.Telemetry;

/// <summary>The receivers of traces, metrics and logs; if neither is set, nothing is sent.</summary>
/// <param name="ApplicationInsightsConnectionString">Null to send nothing to Application Insights.</param>
/// <param name="IdentityClientId">The client id of the user-assigned identity that sends to Application Insights; null to use the connection string alone.</param>
/// <param name="TracesPerSecond">The limit for each instance to Application Insights: enough for analysis, and the cost does not grow with the traffic.</param>
/// <param name="OtlpEndpoint">An OTLP collector; null for none. The exporter itself reads this and the other settings of OpenTelemetry.</param>
public sealed record TelemetryOptions(string? ApplicationInsightsConnectionString, string? IdentityClientId, int TracesPerSecond, Uri? OtlpEndpoint);
