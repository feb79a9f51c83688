metadata description = 'The storage account that holds the data: the register in tables, the publications in blobs.'

@export()
@description('LRS keeps copies in one data centre, ZRS in three zones, GRS and GZRS also in the paired region; RA can be read there.')
type redundancyType =
  | 'Standard_LRS'
  | 'Standard_ZRS'
  | 'Standard_GRS'
  | 'Standard_RAGRS'
  | 'Standard_GZRS'
  | 'Standard_RAGZRS'

@description('Name of the storage account: unique in all of Azure, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Azure region of the storage account.')
param location string

@description('Tags of the storage account.')
param tags { *: string }

@description('How the data is replicated.')
param redundancy redundancyType

@description('How many days a deleted blob or container can be restored, 1 to 365.')
@minValue(1)
@maxValue(365)
param softDeleteDays int

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
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    // Callers prove who they are by Entra ID: there is no key to leak or to rotate.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
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
    publicAccess: 'None'
  }
}

@description('Name of the storage account.')
output accountName string = account.name

@description('Address of the table service, for a client with an Entra ID identity.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('Address of the blob service, for a client with an Entra ID identity.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Name of the table that holds offices and their events.')
output registerTableName string = registerTable.name

@description('Name of the container that holds the publications.')
output publicationsContainerName string = publicationsContainer.name
