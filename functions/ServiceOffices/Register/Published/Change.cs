using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>A change that one publication made to one office.</summary>
/// <param name="Sequence">Number from 1 over the whole history, without gaps.</param>
/// <param name="Kind">One of <see cref="Codes.ChangeKind"/>.</param>
/// <param name="Name">The office's name after the change; for a removal its last name.</param>
/// <param name="Properties">The changed properties; empty if the office was removed.</param>
/// <param name="Publication">The first revision that contains the change.</param>
/// <param name="At">Time of that revision, UTC.</param>
public sealed record Change(
    long Sequence, string OfficeId, string Kind, string Name, IReadOnlyList<PropertyChange> Properties, long Publication, DateTimeOffset At);

/// <summary>
/// The old and new value of a property as strings: a string, date or time unchanged, every other value as JSON; null for null.
/// </summary>
/// <param name="Property">A column of the offices, or <c>events</c>: then the values are JSON arrays of the events that differ.</param>
public sealed record PropertyChange(string Property, string? OldValue, string? NewValue);
