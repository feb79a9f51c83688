metadata description = 'The storage account of the Functions runtime: its locks, its keys and the deployed package. It holds nothing of the register.'

@description('Name of the storage account: unique in all of Azure, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Azure region of the storage account.')
param location string

@description('Tags of the storage account.')
param tags { *: string }

@description('Whether three zones keep a copy each; else one data centre does.')
param isZoneRedundant bool

@description('Whether the account is reached through private endpoints only.')
param isPrivate bool

@description('The app\'s identity, which the runtime acts as.')
param principalId string

@description('Name of the identity; role assignments are named after it, for its principal is not known beforehand.')
param identityName string

@description('Workspace that the diagnostic logs go to.')
param workspaceId string

// What the runtime and a timer need; https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
// Its diagnostic events would take a role on tables too. It warns that it cannot keep them; FunctionAppLogs say the same.
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
    // Callers prove who they are by Entra ID: there is no key to leak or to rotate.
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

// The runtime makes its own containers as it needs them, so the whole account is the narrowest scope.
resource runtimeRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, storageBlobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
  }
}

// Who changed a key or the deployed package. Reads are left out: nothing here is secret to the app.
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

@description('Address of the container that holds the deployed package.')
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packagesContainer.name}'
