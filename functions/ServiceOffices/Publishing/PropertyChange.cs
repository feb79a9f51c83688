namespace ServiceOffices.Publishing;

/// <summary>
/// One property's old and new value as text: a string, date or time as it is, every other value as its JSON; null for null.
/// </summary>
/// <param name="Property">A column of the offices, or <see cref="ChangeDetector.EventsProperty"/>: then the values are JSON arrays of those events that differ.</param>
public sealed record PropertyChange(string Property, string? OldValue, string? NewValue);
