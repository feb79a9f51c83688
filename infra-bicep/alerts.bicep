metadata description = 'What wakes somebody, and by mail to whom. docs/operations.md says of each alert what to do.'

@description('Prefix of the alerts\' names.')
param namePrefix string

@description('Azure region of the rules that search the workspace.')
param location string

@description('Tags of the rules.')
param tags { *: string }

@description('Workspace that holds the telemetry.')
param workspaceId string

@description('The data\'s storage account.')
param dataAccountId string

@description('Who gets mail; nobody: the alerts are only shown.')
param emails string[]

@description('Milliseconds that 95 of 100 requests must not exceed.')
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

@description('Searches that must find nothing to report: each yields one row with one number.')
var searches = [
  {
    name: 'refresh-failed'
    summary: 'Refreshes fail: edits do not become public.'
    severity: 1
    minutes: 5
    query: loadTextContent('alerts/refresh-failed.kql')
    measure: 'failures'
    above: 2
  }
  {
    name: 'publication-stale'
    summary: 'No refresh has ended well for 15 minutes: what is served may be out of date.'
    severity: 1
    minutes: 15
    query: loadTextContent('alerts/publication-stale.kql')
    measure: 'missing'
    above: 0
  }
  {
    name: 'rows-rejected'
    summary: 'Rows of the register are not valid and keep their last good published value.'
    severity: 3
    minutes: 15
    query: loadTextContent('alerts/rows-rejected.kql')
    measure: 'rejected'
    above: 0
  }
  {
    name: 'server-errors'
    summary: 'More than one of 100 requests gets a 5xx.'
    severity: 1
    minutes: 5
    query: loadTextContent('alerts/server-errors.kql')
    measure: 'percent'
    above: 1
  }
  {
    name: 'slow-requests'
    summary: 'More than five of 100 requests take longer than they should.'
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
      // A workspace that was made a moment ago has no tables to check the query against.
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
    description: 'The data\'s storage account refuses calls because there are too many.'
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
