metadata description = 'The storage account of the Functions runtime: its locks, its keys and the deployed package. It holds nothing of the register.'

@description('Name of the storage account: globally unique, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Azure region of the storage account.')
param location string

@description('Tags of the storage account.')
param tags { *: string }

@description('Whether the data is stored in three zones instead of one data centre.')
param isZoneRedundant bool

@description('Whether the account is only accessible through private endpoints.')
param isPrivate bool

@description('Identity of the app, which the runtime uses.')
param principalId string

@description('Name of the identity, used for the names of role assignments because its principal id is not known in advance.')
param identityName string

@description('Workspace that receives the diagnostic logs.')
param workspaceId string

// Roles required by the runtime and a timer: https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
// Its diagnostic events would also require a role for tables. It warns that it cannot store them; FunctionAppLogs contain the same.
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: isZoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    // Callers authenticate with Entra ID: there are no keys to leak or to rotate.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource packagesContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: 'packages'
  properties: {
    publicAccess: 'None'
  }
}

// The runtime creates its containers as needed, so the whole account is the narrowest possible scope.
resource runtimeRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, storageBlobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
  }
}

// Logs changes of keys and of the deployed package. Reads are excluded: nothing here is secret to the app.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobService
  name: 'writes'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageWrite'
        enabled: true
      }
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

@description('Resource id of the storage account.')
output accountId string = account.id

@description('Name of the storage account.')
output accountName string = account.name

@description('URL of the container with the deployed package.')
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packagesContainer.name}'
