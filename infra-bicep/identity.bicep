metadata description = 'Who the app is. Made first, so that its roles stand before the app starts.'

@description('Name of the identity.')
param identityName string

@description('Azure region of the identity.')
param location string

@description('Tags of the identity.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: identityName
  location: location
  tags: tags
}

@description('Resource id of the identity.')
output identityId string = identity.id

@description('Principal id of the identity, for role assignments.')
output principalId string = identity.properties.principalId

@description('Client id of the identity, for requesting tokens.')
output clientId string = identity.properties.clientId
