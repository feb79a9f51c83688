metadata description = 'The Flex Consumption plan and the function app on it.'

import { platformSettings } from 'settings.bicep'

@export()
@description('Scaling of the app.')
type scaleType = {
  @description('Memory of each instance in megabytes, for the Functions host and the worker. After load, they used 385 to 504 in total; during an import of 62 MB, the host used 549 and the worker more than 510 (docs/limits.md). 512 is for trials; 2048 includes one core.')
  instanceMemoryMB: 512 | 2048 | 4096

  @description('Maximum number of instances, 40 to 1000, for HTTP and timers separately.')
  @minValue(40)
  @maxValue(1000)
  maximumInstances: int

  @description('Concurrent requests of an instance before another one is added, 1 to 1000. Above 200 (host.json), the instance rejects requests first.')
  @minValue(1)
  @maxValue(1000)
  requestsPerInstance: int

  @description('Always-ready instances of the HTTP functions, which are billed while idle. With 0, the first request after a pause waits for a cold start.')
  @minValue(0)
  @maxValue(20)
  alwaysReady: int
}

@description('Name of the app, globally unique; part of its host name.')
param appName string

@description('Name of the plan.')
param planName string

@description('Azure region of the app.')
param location string

@description('Tags of the app and the plan.')
param tags { *: string }

@description('Scaling of the app.')
param scale scaleType

@description('Whether instances are distributed over the zones of the region.')
param isZoneRedundant bool

@description('Resource id of the identity of the app.')
param identityId string

@description('Client id of the identity of the app.')
param identityClientId string

@description('Name of the storage account of the runtime.')
param runtimeAccountName string

@description('URL of the container with the deployed package.')
param packagesUrl string

@description('URL of the table service with the register.')
param tableEndpoint string

@description('URL of the blob service with the publications.')
param blobEndpoint string

@description('Connection string of Application Insights.')
param insightsConnectionString string

@description('Public URL of the platform. If empty, the URL of the app.')
param publicAddress string

@description('Id of the Front Door profile that can call the app. If empty, the app is public.')
param frontDoorId string

@description('Subnet of the app. If empty, the app is not integrated with a network.')
param subnetId string

@description('Client id of the application that is the audience of editors\' Entra ID tokens (version 2.0 tokens contain no URI). If empty, tokens are not accepted.')
param editorsAudience string

@description('Additional settings of the platform.')
param settings platformSettings

@description('Workspace that receives the diagnostic logs.')
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
  // Settings of the Functions runtime: https://learn.microsoft.com/azure/azure-functions/functions-app-settings
  AzureWebJobsStorage__accountName: runtimeAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  // Bytes of a request that the host reads into memory: an import without compression, the largest request.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: settings.?Editing__MaxImportBytes ?? '67108864'
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // Settings of the platform: docs/settings.md.
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
  // azd deploys the service with this name to this resource.
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
      // The platform handles CORS itself, including the exposed headers.
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

  // Deployment requires Entra ID.
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
    // The logs of the runtime, which are also available if the worker does not start.
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
