using 'main.bicep'

// AZURE_ENV_NAME selects the environment. azd and .github/workflows/deploy.yml set it.
var environment = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')

var sizes = {
  // One data centre, seven days of soft delete, minimum size: low costs for trials.
  dev: {
    dataRedundancy: 'Standard_LRS'
    softDeleteDays: 7
    alwaysReady: 0
    maximumInstances: 40
    isZoneRedundant: false
    useFrontDoor: false
    logRetentionDays: 30
    dailyCapGigabytes: 1
    monthlyBudget: 50
  }
  // Three zones, a readable copy in the paired region, and Front Door. For a zone-redundant app, Azure keeps
  // two instances of each scale group always ready, regardless of this setting, and bills them: docs/costs.md.
  prod: {
    dataRedundancy: 'Standard_RAGZRS'
    softDeleteDays: 90
    alwaysReady: 2
    maximumInstances: 100
    isZoneRedundant: true
    useFrontDoor: true
    logRetentionDays: 90
    dailyCapGigabytes: 5
    monthlyBudget: 300
  }
}
var size = sizes[environment]

param environmentName = environment
param dataRedundancy = size.dataRedundancy
param softDeleteDays = size.softDeleteDays
param scale = {
  // Shared by the Functions host and the worker: 512 is not sufficient under load (docs/scale.md).
  instanceMemoryMB: 2048
  maximumInstances: size.maximumInstances
  requestsPerInstance: 32
  alwaysReady: size.alwaysReady
}
param isZoneRedundant = size.isZoneRedundant
param useFrontDoor = size.useFrontDoor
param logRetentionDays = size.logRetentionDays
param dailyCapGigabytes = size.dailyCapGigabytes
param monthlyBudget = size.monthlyBudget

// Values of the environment: e-mail addresses separated by commas, start of the budget, audience of editors' tokens,
// and custom domain.
param alertEmails = filter(split(readEnvironmentVariable('ALERT_EMAILS', ''), ','), email => !empty(email))
param budgetStartDate = readEnvironmentVariable('BUDGET_START_DATE', '')
param editorsAudience = readEnvironmentVariable('EDITORS_AUDIENCE', '')
param publicAddress = readEnvironmentVariable('PUBLIC_ADDRESS', '')
