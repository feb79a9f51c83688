metadata description = 'What the edge does with requests: public reading is cached as the app\'s Cache-Control says where an address has one answer, the editors\' API never.'

@description('Name of the Front Door profile.')
param profileName string

@description('Name of the endpoint of the profile.')
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

  // No health probe: probes from many edge locations would keep the app running, and there
  // is no second origin to fail over to.
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

// Front Door caches one response per URL and ignores Vary. Therefore only responses matched by these rules are cached, and of
// responses that depend on request headers, only those of requests without such headers.
// https://learn.microsoft.com/azure/frontdoor/front-door-caching
var kept = [
  {
    name: 'pages'
    paths: ['api-info', 'assets/', 'en/', 'kontor', 'om', 'openapi.json', 'publications/', 'utveckl']
    files: false
    accept: []
    without: []
  }
  {
    name: 'files'
    paths: ['downloads/']
    files: true
    accept: []
    without: []
  }
  {
    name: 'queries'
    paths: ['odata/']
    files: false
    accept: ['*/*']
    without: ['OData-MaxVersion', 'Prefer']
  }
  {
    name: 'documents'
    paths: ['datapackage.json', 'datasets/', 'docs', 'feeds/']
    files: false
    accept: ['*/*']
    without: ['Accept-Language']
  }
]

resource caching 'Microsoft.Cdn/profiles/ruleSets@2025-04-15' = {
  parent: profile
  name: 'caching'

  resource rules 'rules' = [
    for (answers, index) in kept: {
      name: answers.name
      properties: {
        order: index + 1
        matchProcessingBehavior: 'Stop'
        conditions: concat(
          [
            {
              name: 'UrlPath'
              parameters: {
                typeName: 'DeliveryRuleUrlPathMatchConditionParameters'
                operator: 'BeginsWith'
                matchValues: answers.paths
              }
            }
          ],
          // Lists of files have no extension, and are HTML or JSON.
          answers.files
            ? [
                {
                  name: 'UrlFileExtension'
                  parameters: {
                    typeName: 'DeliveryRuleUrlFileExtensionMatchConditionParameters'
                    operator: 'Any'
                  }
                }
              ]
            : [],
          empty(answers.accept)
            ? []
            : [
                {
                  name: 'RequestHeader'
                  parameters: {
                    typeName: 'DeliveryRuleRequestHeaderConditionParameters'
                    selector: 'Accept'
                    operator: 'Equal'
                    matchValues: answers.accept
                  }
                }
              ],
          map(answers.without, field => {
            name: 'RequestHeader'
            parameters: {
              typeName: 'DeliveryRuleRequestHeaderConditionParameters'
              selector: field
              operator: 'Any'
              negateCondition: true
            }
          })
        )
        actions: [
          {
            name: 'RouteConfigurationOverride'
            parameters: {
              typeName: 'DeliveryRuleRouteConfigurationOverrideActionParameters'
              cacheConfiguration: {
                // The app determines the lifetime. Each query string is cached separately.
                cacheBehavior: 'HonorOrigin'
                queryStringCachingBehavior: 'UseQueryString'
                isCompressionEnabled: 'Enabled'
              }
            }
          }
        ]
      }
    }
  ]
}

resource reading 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-04-15' = {
  parent: profile::endpoint
  name: 'reading'
  dependsOn: [
    originGroup::origin
    caching::rules
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
    ruleSets: [
      {
        id: caching.id
      }
    ]
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
