metadata description = 'What the edge does with requests: public reading is cached as the app\'s Cache-Control says where an address has one answer, the editors\' API never.'

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

// Front Door keeps one answer an address, whatever Vary says. So nothing is kept but what these rules name, and of
// answers that fields of the request shape only what a request without such fields gets.
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
          // A list of files has no extension, and is HTML or JSON.
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
                // How long is the app's to say. A query string is a question of its own.
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
