using 'main.bicep'

// AZURE_ENV_NAME chooses the column: azd sets it, and so does .github/workflows/deploy.yml.
var environment = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')

var sizes = {
  // One data centre, a week of undo, and as small as it gets: an evening's trial costs next to nothing.
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
  // Three zones, a copy in the paired region that can be read, a cache in front. Of an app in several zones Azure keeps
  // two instances of each scaling group always ready, and they are paid for, whatever is stated here: docs/costs.md.
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
  // The Functions host and the worker share it: 512 is full after load (docs/scale.md).
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

// What only the team can know: mail addresses apart by commas, since when there is a budget, who editors' tokens are for,
// and a domain of its own.
param alertEmails = filter(split(readEnvironmentVariable('ALERT_EMAILS', ''), ','), email => !empty(email))
param budgetStartDate = readEnvironmentVariable('BUDGET_START_DATE', '')
param editorsAudience = readEnvironmentVariable('EDITORS_AUDIENCE', '')
param publicAddress = readEnvironmentVariable('PUBLIC_ADDRESS', '')
