namespace ServiceOffices.Editing;

/// <summary>How an import ended.</summary>
public sealed record ImportOutcome(DateTimeOffset At, int Applied, IReadOnlyList<ImportConflict> Conflicts);
