namespace ServiceOffices.Editing;

/// <summary>What came of one file of a plan.</summary>
/// <param name="Applied">Offices that are now as the plan has them.</param>
/// <param name="Conflicts">Offices that somebody else changed since the plan was made, and that were left as they are.</param>
public sealed record ImportBatchResult(int Applied, IReadOnlyList<ImportConflict> Conflicts);
