namespace ServiceOffices.Tables;

/// <summary>One code that a column may hold, with its label.</summary>
public sealed record AllowedValue(string Value, LocalizedString Label);
