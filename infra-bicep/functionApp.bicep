metadata description = 'The Flex Consumption plan and the function app on it.'

import { platformSettings } from 'settings.bicep'

@export()
@description('How the app scales.')
type scaleType = {
  @description('Memory of each instance in megabytes, for the Functions host and the worker: after load they had 385 to 504 together, and an import of 62 MB brought the host to 549, the worker above 510 (docs/limits.md). 512 is for trials; 2048 has one core.')
  instanceMemoryMB: 512 | 2048 | 4096

  @description('The most instances, 40 to 1000; HTTP and timers scale apart, each up to it.')
  @minValue(40)
  @maxValue(1000)
  maximumInstances: int

  @description('Requests at once on an instance before another is added, 1 to 1000; above 200 (host.json) the instance refuses them first.')
  @minValue(1)
  @maxValue(1000)
  requestsPerInstance: int

  @description('Instances of the HTTP functions that wait for requests and cost at rest; 0: the first request after a pause waits for a cold start.')
  @minValue(0)
  @maxValue(20)
  alwaysReady: int
}

@description('Name of the app: unique in all of Azure, a part of its address.')
param appName string

@description('Name of the plan.')
param planName string

@description('Azure region of the app.')
param location string

@description('Tags of the app and the plan.')
param tags { *: string }

@description('How the app scales.')
param scale scaleType

@description('Whether instances are spread over the region\'s zones.')
param isZoneRedundant bool

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Name of the runtime\'s storage account.')
param runtimeAccountName string

@description('Address of the container that holds the deployed package.')
param packagesUrl string

@description('Address of the table service that holds the register.')
param tableEndpoint string

@description('Address of the blob service that holds the publications.')
param blobEndpoint string

@description('Connection string of Application Insights.')
param insightsConnectionString string

@description('Address that clients use; empty: the app\'s own.')
param publicAddress string

@description('The only Front Door that may call the app; empty: anybody may.')
param frontDoorId string

@description('The subnet that the app joins; empty: none.')
param subnetId string

@description('Client id of the application that editors\' Entra ID tokens are for (version 2.0 tokens name no URI); empty: no tokens are accepted.')
param editorsAudience string

@description('Further settings of the platform.')
param settings platformSettings

@description('Workspace that the diagnostic logs go to.')
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
    zoneRedundant: isZoneRedundant
  }
}

var fromFrontDoorOnly = [
  {
    name: 'front-door'
    action: 'Allow'
    priority: 100
    tag: 'ServiceTag'
    ipAddress: 'AzureFrontDoor.Backend'
    headers: {
      'x-azure-fdid': [frontDoorId]
    }
  }
]

var ownSettings = {
  // The Functions runtime reads these; https://learn.microsoft.com/azure/azure-functions/functions-app-settings
  AzureWebJobsStorage__accountName: runtimeAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // The platform reads these: docs/settings.md.
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  AZURE_CLIENT_ID: identityClientId
  Editing__Audience: editorsAudience
  Editing__Authority: empty(editorsAudience)
    ? ''
    : '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  PublicAddress: publicAddress
  Register__LoadStartingData: 'false'
  Storage__BlobEndpoint: blobEndpoint
  Storage__TableEndpoint: tableEndpoint
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: appName
  location: location
  // azd deploys the service of this name here.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      ipSecurityRestrictions: empty(frontDoorId) ? [] : fromFrontDoorOnly
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      // The platform answers CORS itself, with the fields that its clients may read.
      cors: null
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: scale.instanceMemoryMB
        maximumInstanceCount: scale.maximumInstances
        triggers: {
          http: {
            perInstanceConcurrency: scale.requestsPerInstance
          }
        }
        alwaysReady: scale.alwaysReady == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: scale.alwaysReady
              }
            ]
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(ownSettings, settings)
  }

  // Deployment is by Entra ID alone.
  resource noFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource noPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'runtime'
  properties: {
    workspaceId: workspaceId
    // What the runtime itself says, also where the worker does not start and so cannot tell.
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
  }
}

@description('Name of the app.')
output appName string = app.name

@description('Host name of the app.')
output hostName string = app.properties.defaultHostName
