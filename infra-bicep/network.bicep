metadata description = 'The private network, where one is asked for: the app joins it, and the storage is reached nowhere else.'

@description('Name of the network and prefix of the names of its endpoints.')
param networkName string

@description('Azure region of the network and its endpoints.')
param location string

@description('Tags of the network and its endpoints.')
param tags { *: string }

@description('Storage account of the data.')
param dataAccountId string

@description('Storage account of the runtime.')
param runtimeAccountId string

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: networkName
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ['10.20.0.0/16']
    }
    subnets: [
      {
        name: 'app'
        properties: {
          // Flex Consumption requires at least a /27; a /24 is sufficient for 1 000 instances behind NAT.
          addressPrefix: '10.20.0.0/24'
          delegations: [
            {
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.1.0/27'
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

var reached = [
  {
    name: 'data-blob'
    service: 'blob'
  }
  {
    name: 'data-table'
    service: 'table'
  }
  {
    name: 'runtime-blob'
    service: 'blob'
  }
]
var services = ['blob', 'table']

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource zoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, index) in services: {
    parent: zones[index]
    name: networkName
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for target in reached: {
    name: '${networkName}-${target.name}'
    location: location
    tags: tags
    properties: {
      subnet: {
        id: network::endpoints.id
      }
      privateLinkServiceConnections: [
        {
          name: target.name
          properties: {
            privateLinkServiceId: startsWith(target.name, 'data') ? dataAccountId : runtimeAccountId
            groupIds: [target.service]
          }
        }
      ]
    }
  }
]

resource endpointZones 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (target, index) in reached: {
    parent: endpoint[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: target.service
          properties: {
            privateDnsZoneId: zones[indexOf(services, target.service)].id
          }
        }
      ]
    }
  }
]

@description('Subnet of the app.')
output appSubnetId string = network::app.id
