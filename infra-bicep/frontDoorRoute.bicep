metadata description = 'What the edge does with requests: public reading is cached as the app\'s Cache-Control says, the editors\' API never.'

@description('Name of the Front Door profile.')
param profileName string

@description('Name of the profile\'s endpoint.')
param endpointName string

@description('Host name of the function app.')
param appHostName string

resource profile 'Microsoft.Cdn/profiles@2025-04-15' existing = {
  name: profileName

  resource endpoint 'afdEndpoints' existing = {
    name: endpointName
  }
}

resource originGroup 'Microsoft.Cdn/profiles/originGroups@2025-04-15' = {
  parent: profile
  name: 'app'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 3
      additionalLatencyInMilliseconds: 50
    }
  }

  // No health probe: dozens of edges that probe would keep an app awake that costs nothing while it sleeps, and there
  // is no second origin to turn to.
  resource origin 'origins' = {
    name: 'functions'
    properties: {
      hostName: appHostName
      originHostHeader: appHostName
      httpPort: 80
      httpsPort: 443
      enforceCertificateNameCheck: true
    }
  }
}

// Types that shrink. Parquet, XLSX and GeoPackage are compressed already.
var compressed = [
  'application/atom+xml'
  'application/feed+json'
  'application/geo+json'
  'application/json'
  'application/ld+json'
  'application/rdf+xml'
  'application/vnd.google-earth.kml+xml'
  'application/x-ndjson'
  'application/xml'
  'image/svg+xml'
  'text/calendar'
  'text/css'
  'text/csv'
  'text/html'
  'text/javascript'
  'text/plain'
  'text/turtle'
]

resource reading 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-04-15' = {
  parent: profile::endpoint
  name: 'reading'
  dependsOn: [
    originGroup::origin
  ]
  properties: {
    originGroup: {
      id: originGroup.id
    }
    patternsToMatch: ['/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    // How long is the app's to say: Cache-Control of each answer. A query string is a question of its own.
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: compressed
      }
    }
  }
}

resource editing 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-04-15' = {
  parent: profile::endpoint
  name: 'editing'
  dependsOn: [
    originGroup::origin
  ]
  properties: {
    originGroup: {
      id: originGroup.id
    }
    patternsToMatch: ['/register', '/register/*', '/entra/*', '/health/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
  }
}
