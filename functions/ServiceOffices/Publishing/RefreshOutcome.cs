namespace ServiceOffices.Publishing;

/// <summary>What a refresh did.</summary>
/// <param name="Revision">The revision that is current after it, as far as this refresh knows; null before the first.</param>
/// <param name="Changes">Offices that the new revision changed; 0 where there is none.</param>
/// <param name="Rejected">Rows of the editors' register that are not valid; 0 where the register was not read.</param>
public sealed record RefreshOutcome(RefreshResult Result, long? Revision, int Changes, int Rejected);
