using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>What an edit came to.</summary>
/// <param name="Entry">The office with its events as it stands now; null where there is none.</param>
/// <param name="EventNumber">The event that the edit was about; null where it was about the office.</param>
public sealed record EditResult(EditStatus Status, StoredEntry? Entry, int? EventNumber = null)
{
    public IReadOnlyList<ValidationProblem> Problems { get; init; } = [];
}
