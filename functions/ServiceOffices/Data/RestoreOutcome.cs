namespace ServiceOffices.Data;

/// <summary>What a restore did to the register.</summary>
/// <param name="Written">Offices that were written, for they were missing or different.</param>
/// <param name="Removed">Offices that were removed, for the revision does not have them.</param>
/// <param name="Kept">Offices that were as the revision has them and were not touched.</param>
/// <param name="Unreadable">Offices of which rows remain that no program of ours can read or remove; a table tool must.</param>
public sealed record RestoreOutcome(int Written, int Removed, int Kept, IReadOnlyList<string> Unreadable);
