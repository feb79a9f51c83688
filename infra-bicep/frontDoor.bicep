metadata description = 'The cache at the edge: its profile and address. The route to the app is apart (frontDoorRoute.bicep), for the app must know this profile first.'

@description('Name of the Front Door profile.')
param profileName string

@description('Name of the endpoint, which is part of its host name.')
param endpointName string

@description('Tags of the profile and the endpoint.')
param tags { *: string }

resource profile 'Microsoft.Cdn/profiles@2025-04-15' = {
  name: profileName
  location: 'global'
  tags: tags
  sku: {
    name: 'Standard_AzureFrontDoor'
  }
  properties: {
    originResponseTimeoutSeconds: 60
  }
}

// No diagnostic setting: the access log contains the IP addresses of readers.
resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-04-15' = {
  parent: profile
  name: endpointName
  location: 'global'
  tags: tags
  properties: {
    enabledState: 'Enabled'
  }
}

@description('Id of the profile, which it sends to the app in X-Azure-FDID.')
output frontDoorId string = profile.properties.frontDoorId

@description('Public host name.')
output hostName string = endpoint.properties.hostName
