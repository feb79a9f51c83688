metadata description = 'Service Offices Open Data in one resource group.'

targetScope = 'resourceGroup'

import { redundancyType } from 'dataStorage.bicep'
import { scaleType } from 'functionApp.bicep'
import { platformSettings } from 'settings.bicep'

@description('Name of the environment, which is part of the name of every resource.')
@allowed([
  'dev'
  'prod'
])
param environmentName string

@description('Azure region of all resources.')
param location string = resourceGroup().location

@description('Tags of all resources, in addition to those of the environment.')
param tags { *: string } = {}

@description('Replication of the register and the publications.')
param dataRedundancy redundancyType = 'Standard_ZRS'

@description('Whether files of publications can be read anonymously. Only required if `Downloads__RedirectTo` is the URL of the container; not possible with private endpoints.')
param arePublicationsPublic bool = false

@description('Days for which a deleted container, a deleted version of a blob and an overwritten pointer can be restored, 1 to 365. Deleted files of revisions are kept as versions.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 30

@description('Days after which the files of a revision move to the cool tier.')
@minValue(1)
param coolAfterDays int = 90

@description('Scaling of the app.')
param scale scaleType = {
  instanceMemoryMB: 2048
  maximumInstances: 100
  requestsPerInstance: 32
  alwaysReady: 0
}

@description('Whether the instances of the app and the storage of the runtime are distributed over the zones of the region. Azure then keeps two instances of each scale group always ready, which are billed.')
param isZoneRedundant bool = false

@description('Whether a Front Door caches public responses. The app is then only accessible through it.')
param useFrontDoor bool = false

@description('Whether the storage is only accessible from a private network.')
param usePrivateEndpoints bool = false

@description('Public URL of the platform with a custom domain. If empty, the URL of Front Door or of the app.')
param publicAddress string = ''

@description('Client id of the application that is the audience of editors\' Entra ID tokens (version 2.0 tokens contain no URI). If empty, only function keys are accepted.')
param editorsAudience string = ''

@description('Additional settings of the platform (docs/settings.md).')
param settings platformSettings = {}

@description('Retention of logs in days, 30 to 730.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Maximum telemetry per day in gigabytes. -1: no limit.')
param dailyCapGigabytes int = 1

@description('E-mail addresses that receive alerts and budget notifications. If empty, alerts are only shown in the portal, and there is no budget.')
param alertEmails string[] = []

@description('Maximum duration of 95 percent of the requests, in milliseconds.')
@minValue(1)
param latencyMilliseconds int = 1000

@description('Monthly budget of the resource group, in the currency of the subscription. 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget is created, such as 2026-12-01. If empty, there is no budget. Azure rejects an earlier month, and later changes.')
param budgetStartDate string = ''

var allTags = union(tags, { environment: environmentName })
var unique = uniqueString(subscription().id, resourceGroup().id)
var name = 'service-offices-${environmentName}'
var identityName = '${name}-app'
var edgeName = '${name}-edge'

// Storage account names are globally unique and contain no hyphens; 4 + at most 4 + 13 of the 24 allowed characters.
var dataStorageName = 'sodt${environmentName}${unique}'
var runtimeStorageName = 'sort${environmentName}${unique}'

module identity 'identity.bicep' = {
  params: {
    identityName: identityName
    location: location
    tags: allTags
  }
}

module monitoring 'monitoring.bicep' = {
  params: {
    workspaceName: '${name}-logs'
    insightsName: '${name}-insights'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGigabytes: dailyCapGigabytes
    principalId: identity.outputs.principalId
    identityName: identityName
  }
}

module dataStorage 'dataStorage.bicep' = {
  params: {
    accountName: dataStorageName
    location: location
    tags: allTags
    redundancy: dataRedundancy
    softDeleteDays: softDeleteDays
    coolAfterDays: coolAfterDays
    isPrivate: usePrivateEndpoints
    arePublicationsPublic: arePublicationsPublic
    principalId: identity.outputs.principalId
    identityName: identityName
    workspaceId: monitoring.outputs.workspaceId
  }
}

module runtimeStorage 'runtimeStorage.bicep' = {
  params: {
    accountName: runtimeStorageName
    location: location
    tags: allTags
    isZoneRedundant: isZoneRedundant
    isPrivate: usePrivateEndpoints
    principalId: identity.outputs.principalId
    identityName: identityName
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'network.bicep' = if (usePrivateEndpoints) {
  params: {
    networkName: '${name}-network'
    location: location
    tags: allTags
    dataAccountId: dataStorage.outputs.accountId
    runtimeAccountId: runtimeStorage.outputs.accountId
  }
}

module frontDoor 'frontDoor.bicep' = if (useFrontDoor) {
  params: {
    profileName: edgeName
    endpointName: name
    tags: allTags
  }
}

module functionApp 'functionApp.bicep' = {
  params: {
    appName: '${name}-${unique}'
    planName: '${name}-plan'
    location: location
    tags: allTags
    scale: scale
    isZoneRedundant: isZoneRedundant
    identityId: identity.outputs.identityId
    identityClientId: identity.outputs.clientId
    runtimeAccountName: runtimeStorage.outputs.accountName
    packagesUrl: runtimeStorage.outputs.packagesUrl
    tableEndpoint: dataStorage.outputs.tableEndpoint
    blobEndpoint: dataStorage.outputs.blobEndpoint
    insightsConnectionString: monitoring.outputs.connectionString
    publicAddress: !empty(publicAddress)
      ? publicAddress
      : (useFrontDoor ? 'https://${frontDoor!.outputs.hostName}' : '')
    frontDoorId: useFrontDoor ? frontDoor!.outputs.frontDoorId : ''
    subnetId: usePrivateEndpoints ? network!.outputs.appSubnetId : ''
    editorsAudience: editorsAudience
    settings: settings
    workspaceId: monitoring.outputs.workspaceId
  }
}

module frontDoorRoute 'frontDoorRoute.bicep' = if (useFrontDoor) {
  params: {
    profileName: edgeName
    endpointName: name
    appHostName: functionApp.outputs.hostName
  }
}

module alerts 'alerts.bicep' = {
  params: {
    namePrefix: name
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    dataAccountId: dataStorage.outputs.accountId
    emails: alertEmails
    latencyMilliseconds: latencyMilliseconds
  }
}

module budget 'budget.bicep' = if (monthlyBudget > 0 && !empty(alertEmails) && !empty(budgetStartDate)) {
  params: {
    budgetName: name
    amount: monthlyBudget
    startDate: budgetStartDate
    emails: alertEmails
  }
}

@description('Name of the function app.')
output functionAppName string = functionApp.outputs.appName

@description('Public URL of the platform.')
output publicAddress string = !empty(publicAddress)
  ? publicAddress
  : 'https://${useFrontDoor ? frontDoor!.outputs.hostName : functionApp.outputs.hostName}'

@description('Name of the storage account with the register and the publications.')
output dataStorageName string = dataStorage.outputs.accountName

@description('URL of the table service with the register.')
output dataTableEndpoint string = dataStorage.outputs.tableEndpoint

@description('URL of the blob service with the publications.')
output dataBlobEndpoint string = dataStorage.outputs.blobEndpoint

@description('Name of the table with offices and events.')
output registerTableName string = dataStorage.outputs.registerTableName

@description('Name of the container with the publications.')
output publicationsContainerName string = dataStorage.outputs.publicationsContainerName
