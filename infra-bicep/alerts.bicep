metadata description = 'What wakes somebody, and by mail to whom. docs/operations.md says of each alert what to do.'

@description('Prefix of the names of the alerts.')
param namePrefix string

@description('Azure region of the log alert rules.')
param location string

@description('Tags of the rules.')
param tags { *: string }

@description('Workspace with the telemetry.')
param workspaceId string

@description('Storage account of the data.')
param dataAccountId string

@description('E-mail addresses that receive alerts. If empty, alerts are only shown in the portal.')
param emails string[]

@description('Maximum duration of 95 percent of the requests, in milliseconds.')
@minValue(1)
param latencyMilliseconds int

resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${namePrefix}-on-call'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'offices'
    enabled: true
    emailReceivers: [
      for (email, index) in emails: {
        name: 'mail-${index}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

@description('Log alerts. Each query returns one row with one number.')
var searches = [
  {
    name: 'refresh-failed'
    summary: 'Refreshes fail. Edits are not published.'
    severity: 1
    minutes: 5
    query: loadTextContent('alerts/refresh-failed.kql')
    measure: 'failures'
    above: 2
  }
  {
    name: 'publication-stale'
    summary: 'No refresh has succeeded for 15 minutes. The published data may be out of date.'
    severity: 1
    minutes: 15
    query: loadTextContent('alerts/publication-stale.kql')
    measure: 'missing'
    above: 0
  }
  {
    name: 'rows-rejected'
    summary: 'Rows of the register are invalid and keep their last valid published value.'
    severity: 3
    minutes: 15
    query: loadTextContent('alerts/rows-rejected.kql')
    measure: 'rejected'
    above: 0
  }
  {
    name: 'server-errors'
    summary: 'More than one percent of the requests return 5xx.'
    severity: 1
    minutes: 5
    query: loadTextContent('alerts/server-errors.kql')
    measure: 'percent'
    above: 1
  }
  {
    name: 'slow-requests'
    summary: 'More than five percent of the requests are too slow.'
    severity: 2
    minutes: 15
    query: replace(loadTextContent('alerts/slow-requests.kql'), 'LATENCY_MILLISECONDS', string(latencyMilliseconds))
    measure: 'percent'
    above: 5
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for search in searches: {
    name: '${namePrefix}-${search.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: search.name
      description: search.summary
      severity: search.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT${search.minutes}M'
      criteria: {
        allOf: [
          {
            query: search.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: search.measure
            operator: 'GreaterThan'
            threshold: search.above
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      autoMitigate: true
      // A new workspace has no tables yet to validate the query against.
      skipQueryValidation: true
      actions: {
        actionGroups: [onCall.id]
      }
    }
  }
]

resource throttling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${namePrefix}-storage-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account of the data rejects calls because of throttling.'
    severity: 2
    enabled: true
    scopes: [dataAccountId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ClientAccountBandwidthThrottlingError'
                'ClientAccountRequestThrottlingError'
                'ClientThrottlingError'
                'ServerBusyError'
              ]
            }
          ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [
      {
        actionGroupId: onCall.id
      }
    ]
  }
}
