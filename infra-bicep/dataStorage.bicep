metadata description = 'The storage account that holds the data: the register in tables, the publications in blobs.'

@export()
@description('LRS stores copies in one data centre, ZRS in three zones, GRS and GZRS also in the paired region. RA allows reading there.')
type redundancyType =
  | 'Standard_LRS'
  | 'Standard_ZRS'
  | 'Standard_GRS'
  | 'Standard_RAGRS'
  | 'Standard_GZRS'
  | 'Standard_RAGZRS'

@description('Name of the storage account: globally unique, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Azure region of the storage account.')
param location string

@description('Tags of the storage account.')
param tags { *: string }

@description('Replication of the data.')
param redundancy redundancyType

@description('Days for which a deleted container, a deleted version of a blob and an overwritten pointer can be restored, 1 to 365. Deleted files of revisions are kept as versions.')
@minValue(1)
@maxValue(365)
param softDeleteDays int

@description('Days after which the files of a revision move to the cool tier, where storage is cheaper and reading more expensive. They are never deleted.')
@minValue(1)
param coolAfterDays int

@description('Whether the account is only accessible through private endpoints.')
param isPrivate bool

@description('Whether files of publications can be read anonymously. Required if `Downloads:RedirectTo` redirects clients to the storage without a CDN.')
param arePublicationsPublic bool

@description('Identity of the app, which reads and writes the register and the publications.')
param principalId string

@description('Name of the identity, used for the names of role assignments because its principal id is not known in advance.')
param identityName string

@description('Workspace that receives the diagnostic logs.')
param workspaceId string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: arePublicationsPublic
    allowCrossTenantReplication: false
    // Callers authenticate with Entra ID: there are no keys to leak or to rotate.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource registerTable 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-06-01' = {
  parent: tableService
  name: 'register'
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

resource publicationsContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: 'publications'
  properties: {
    // Allows reading files but not listing them: the service provides the list.
    publicAccess: arePublicationsPublic ? 'Blob' : 'None'
  }
}

resource importsContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: 'imports'
  properties: {
    publicAccess: 'None'
  }
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'cool-old-revisions'
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${publicationsContainer.name}/revisions/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: coolAfterDays
                }
              }
            }
          }
        }
        {
          // Applies only to blobs that the platform overwrites and deletes. The age of a version is that of its blob, not of the
          // deletion: if this rule included revisions, a deleted old one would be lost the next day.
          name: 'drop-overwritten-versions'
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: [
                '${publicationsContainer.name}/current'
                '${publicationsContainer.name}/refreshes/'
                '${publicationsContainer.name}/tries/'
                '${importsContainer.name}/'
              ]
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: softDeleteDays
                }
              }
            }
          }
        }
      ]
    }
  }
}

resource registerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registerTable
  name: guid(registerTable.id, identityName, storageTableDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
  }
}

resource publicationsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: publicationsContainer
  name: guid(publicationsContainer.id, identityName, storageBlobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

resource importsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: importsContainer
  name: guid(importsContainer.id, identityName, storageBlobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

// Reads are excluded: each instance checks for a new publication every few seconds.
var writes = [
  {
    category: 'StorageWrite'
    enabled: true
  }
  {
    category: 'StorageDelete'
    enabled: true
  }
]

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tableService
  name: 'writes'
  properties: {
    workspaceId: workspaceId
    logs: writes
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobService
  name: 'writes'
  properties: {
    workspaceId: workspaceId
    logs: writes
  }
}

@description('Resource id of the storage account.')
output accountId string = account.id

@description('Name of the storage account.')
output accountName string = account.name

@description('URL of the table service, for clients with an Entra ID identity.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('URL of the blob service, for clients with an Entra ID identity.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Name of the table with offices and events.')
output registerTableName string = registerTable.name

@description('Name of the container with the publications.')
output publicationsContainerName string = publicationsContainer.name
