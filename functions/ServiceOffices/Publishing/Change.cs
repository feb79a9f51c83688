using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>What one publication changed about one office.</summary>
/// <param name="Sequence">1 and up over the whole history, without gaps.</param>
/// <param name="Kind">One of <see cref="Codes.ChangeKind"/>.</param>
/// <param name="Name">The office's name after the change; for a removal the last it had.</param>
/// <param name="Properties">What changed; empty where the office was removed.</param>
/// <param name="Publication">The revision that first showed it.</param>
/// <param name="At">When that revision was published, in UTC.</param>
public sealed record Change(
    long Sequence, string OfficeId, string Kind, string Name, IReadOnlyList<PropertyChange> Properties, long Publication, DateTimeOffset At);
