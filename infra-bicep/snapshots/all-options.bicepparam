using '../main.bicep'

// Every option of main.bicep, for the snapshot only.
param environmentName = 'prod'
param dataRedundancy = 'Standard_RAGZRS'
param isZoneRedundant = true
param useFrontDoor = true
param usePrivateEndpoints = true
param publicAddress = 'https://kontor.example.se'
param editorsAudience = '00000000-0000-0000-0000-000000000003'
param alertEmails = [
  'operator@example.se'
]
param monthlyBudget = 300
param budgetStartDate = '2026-12-01'
