metadata description = 'Mail before the money is spent.'

@description('Name of the budget.')
param budgetName string

@description('Maximum cost of the resource group per month, in the currency of the subscription.')
param amount int

@description('First day of the month in which the budget is created, such as 2026-12-01. It cannot be changed later.')
param startDate string

@description('E-mail addresses that receive notifications.')
@minLength(1)
param emails string[]

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: budgetName
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
      }
      expected: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
      }
    }
  }
}
