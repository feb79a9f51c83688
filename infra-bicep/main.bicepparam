using 'main.bicep'

// The development environment: one data centre and a week of undo are enough there.
param environmentName = 'dev'
param dataRedundancy = 'Standard_LRS'
param softDeleteDays = 7
