metadata description = 'Where logs, metrics and traces are kept, and the workbook that shows them.'

@description('Name of the Log Analytics workspace.')
param workspaceName string

@description('Name of the Application Insights component.')
param insightsName string

@description('Azure region of both.')
param location string

@description('Tags of both.')
param tags { *: string }

@description('Retention of logs in days, 30 to 730.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Maximum telemetry per day in gigabytes, to limit costs. -1: no limit.')
param dailyCapGigabytes int

@description('Identity of the app, which sends the telemetry.')
param principalId string

@description('Name of the identity, used for the names of role assignments because its principal id is not known in advance.')
param identityName string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/monitor
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: dailyCapGigabytes
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // The connection string alone is not sufficient: the sender must be an identity with the role below.
    DisableLocalAuth: true
    // IP addresses of clients are replaced by 0.0.0.0 before they are stored.
    DisableIpMasking: false
  }
}

resource publisherRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identityName, monitoringMetricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insights.id, 'operations')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Service offices: operations'
    sourceId: workspace.id
    serializedData: replace(loadTextContent('workbook.json'), 'WORKSPACE_ID', workspace.id)
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Resource id of the Application Insights component.')
output insightsId string = insights.id

@description('Connection string for telemetry. It is not a secret: sending requires an identity with the role.')
output connectionString string = insights.properties.ConnectionString
