namespace ServiceOffices.Editing;

/// <summary>Where an import stands.</summary>
/// <param name="Done">Offices dealt with so far, of all that the plan has.</param>
/// <param name="Outcome">Null while it is under way.</param>
public sealed record ImportProgress(ImportRecord Record, int Done, ImportOutcome? Outcome)
{
    public int Total => Record.Offices.Added + Record.Offices.Changed + Record.Offices.Removed;
}
