namespace ServiceOffices.Editing;

/// <summary>How many offices an import adds, changes (they or their events), removes and leaves as they are.</summary>
public sealed record ImportCounts(int Added, int Changed, int Removed, int Unchanged);
