metadata description = 'Service Offices Open Data in one resource group.'

targetScope = 'resourceGroup'

import { redundancyType } from 'dataStorage.bicep'
import { scaleType } from 'functionApp.bicep'
import { platformSettings } from 'settings.bicep'

@description('Which of the team\'s environments this is; a part of every resource\'s name.')
@allowed([
  'dev'
  'prod'
])
param environmentName string

@description('Azure region of every resource.')
param location string = resourceGroup().location

@description('Tags of every resource, beside the environment\'s own.')
param tags { *: string } = {}

@description('How the register and the publications are replicated.')
param dataRedundancy redundancyType = 'Standard_ZRS'

@description('Whether anyone may read a publication\'s file by its address. Only where `Downloads__RedirectTo` names the container itself, and never with private endpoints.')
param arePublicationsPublic bool = false

@description('How many days a deleted container, a deleted version of a blob and an overwritten pointer can be restored, 1 to 365. Deleted files of revisions stay as versions.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 30

@description('How many days after its publication a revision\'s files move to the cool tier.')
@minValue(1)
param coolAfterDays int = 90

@description('How the app scales.')
param scale scaleType = {
  instanceMemoryMB: 2048
  maximumInstances: 100
  requestsPerInstance: 32
  alwaysReady: 0
}

@description('Whether the app\'s instances and the runtime\'s storage are spread over the region\'s zones. Azure then keeps two instances of each scaling group always ready, at a price.')
param isZoneRedundant bool = false

@description('Whether a Front Door caches public reading at the edge, and is then the only way in.')
param useFrontDoor bool = false

@description('Whether the storage is reached over a private network only.')
param usePrivateEndpoints bool = false

@description('Address that clients use, where the team has a domain of its own; empty: Front Door\'s or the app\'s.')
param publicAddress string = ''

@description('Client id of the application that editors\' Entra ID tokens are for (version 2.0 tokens name no URI); empty: editors have function keys only.')
param editorsAudience string = ''

@description('Further settings of the platform: docs/settings.md.')
param settings platformSettings = {}

@description('How many days logs are kept, 30 to 730.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of telemetry a day after which no more is taken in. -1: no limit.')
param dailyCapGigabytes int = 1

@description('Who gets mail from alerts and the budget; nobody: alerts are only shown, and there is no budget.')
param alertEmails string[] = []

@description('Milliseconds that 95 of 100 requests must not exceed.')
@minValue(1)
param latencyMilliseconds int = 1000

@description('What the resource group may cost a month, in the currency of the subscription, before mail is sent; 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget is made, such as 2026-12-01; empty: no budget. Azure refuses an earlier month at first, and another one later.')
param budgetStartDate string = ''

var allTags = union(tags, { environment: environmentName })
var unique = uniqueString(subscription().id, resourceGroup().id)
var name = 'service-offices-${environmentName}'
var identityName = '${name}-app'
var edgeName = '${name}-edge'

// Storage account names are unique in all of Azure and hold no hyphen; 4 + at most 4 + 13 characters of the 24 allowed.
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

@description('Address that clients use.')
output publicAddress string = !empty(publicAddress)
  ? publicAddress
  : 'https://${useFrontDoor ? frontDoor!.outputs.hostName : functionApp.outputs.hostName}'

@description('Name of the storage account that holds the register and the publications.')
output dataStorageName string = dataStorage.outputs.accountName

@description('Address of the table service that holds the register.')
output dataTableEndpoint string = dataStorage.outputs.tableEndpoint

@description('Address of the blob service that holds the publications.')
output dataBlobEndpoint string = dataStorage.outputs.blobEndpoint

@description('Name of the table that holds offices and their events.')
output registerTableName string = dataStorage.outputs.registerTableName

@description('Name of the container that holds the publications.')
output publicationsContainerName string = dataStorage.outputs.publicationsContainerName
