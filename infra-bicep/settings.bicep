metadata description = 'Settings of the platform that an environment may state: those of docs/settings.md that the template does not set by itself.'

@export()
@sealed()
@description('Environment variables of the app, with two underscores instead of a colon. Defaults are in docs/settings.md.')
type platformSettings = {
  Catalog__Availability: string?
  Catalog__ContactEmail: string?
  Catalog__ContactName: string?
  Catalog__ContactPage: string?
  Catalog__DescriptionEn: string?
  Catalog__DescriptionSv: string?
  Catalog__Frequency: string?
  Catalog__KeywordsEn: string?
  Catalog__KeywordsSv: string?
  Catalog__PublisherNameEn: string?
  Catalog__PublisherNameSv: string?
  Catalog__PublisherPage: string?
  Catalog__PublisherType: string?
  Catalog__PublisherUri: string?
  Catalog__Spatial: string?
  Catalog__Themes: string?
  Catalog__TitleEn: string?
  Catalog__TitleSv: string?
  Downloads__RedirectTo: string?
  Editing__IdempotencyHours: string?
  Editing__KeyNames: string?
  Editing__MaxBodyBytes: string?
  Editing__MaxFailedKeys: string?
  Editing__MaxImportBytes: string?
  Editing__MaxRemovedPercent: string?
  OData__ExpensiveSteps: string?
  OData__IndexMegabytes: string?
  OData__MaxBatchRequests: string?
  OData__MaxBodyBytes: string?
  OData__MaxCrossJoinRows: string?
  OData__MaxDepth: string?
  OData__MaxExpandDepth: string?
  OData__MaxExpandedEntities: string?
  OData__MaxExpensiveQueries: string?
  OData__MaxExportRows: string?
  OData__MaxIntermediateRows: string?
  OData__MaxListItems: string?
  OData__MaxMemoryBytes: string?
  OData__MaxMilliseconds: string?
  OData__MaxNodes: string?
  OData__MaxOrderItems: string?
  OData__MaxPageSize: string?
  OData__MaxQueryBodyBytes: string?
  OData__MaxQueryLength: string?
  OData__MaxSteps: string?
  OData__MaxStringLength: string?
  OData__RegexTimeoutMilliseconds: string?
  OData__StoredAnswerMegabytes: string?
  OData__SwedishOrder: string?
  OTEL_EXPORTER_OTLP_ENDPOINT: string?
  Publication__KeptExports: string?
  Publication__RevalidateSeconds: string?
  Register__PlanExpiryMonths: string?
  Requests__MaxBufferedBytes: string?
  Requests__MinBytesPerSecond: string?
  Storage__MaxFailedReads: string?
  Storage__ReadTimeoutSeconds: string?
  Storage__RetrySeconds: string?
  Telemetry__TracesPerSecond: string?
}
