namespace ServiceOffices.Publishing;

/// <summary>One property's old and new value as text: a string as it is, every other value as its JSON; null for null.</summary>
public sealed record PropertyChange(string Property, string? OldValue, string? NewValue);
