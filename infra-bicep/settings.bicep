metadata description = 'Settings of the platform that an environment may state: those of docs/settings.md that the template does not set by itself.'

@export()
@sealed()
@description('Names as the app reads them from its environment, two underscores for a colon. What is left out has the default that docs/settings.md tells.')
type platformSettings = {
  OData__MaxNodes: string?
  OData__MaxDepth: string?
  OData__MaxListItems: string?
  OData__MaxExpandDepth: string?
  OData__MaxOrderItems: string?
  OData__MaxQueryLength: string?
  OData__MaxPageSize: string?
  OData__MaxSteps: string?
  OData__MaxExpandedEntities: string?
  OData__MaxCrossJoinRows: string?
  OData__MaxBatchRequests: string?
  OData__MaxBodyBytes: string?
  OData__RegexTimeoutMilliseconds: string?
  OTEL_EXPORTER_OTLP_ENDPOINT: string?
  Publication__RevalidateSeconds: string?
}
