metadata description = 'Service Offices Open Data in one resource group.'

targetScope = 'resourceGroup'

import { redundancyType } from 'storage.bicep'

@description('Which of the team\'s environments this is; a part of every resource\'s name.')
@allowed([
  'dev'
  'test'
  'prod'
])
param environmentName string

@description('Azure region of every resource.')
param location string = resourceGroup().location

@description('Tags of every resource, beside the environment\'s own.')
param tags { *: string } = {}

@description('How the register and the publications are replicated.')
param dataRedundancy redundancyType = 'Standard_ZRS'

@description('How many days a deleted publication can be restored, 1 to 365.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 30

// Storage account names are unique in all of Azure and hold no hyphen; 4 + at most 4 + 13 characters of the 24 allowed.
var dataStorageName = 'sodt${environmentName}${uniqueString(subscription().id, resourceGroup().id)}'

module dataStorage 'storage.bicep' = {
  params: {
    accountName: dataStorageName
    location: location
    tags: union(tags, { environment: environmentName })
    redundancy: dataRedundancy
    softDeleteDays: softDeleteDays
  }
}

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
