namespace ServiceOffices.Editing;

/// <summary>How many offices an import adds, changes (they or their events), removes and leaves as they are.</summary>
public sealed record ImportCounts(int Added, int Changed, int Removed, int Unchanged)
{
    /// <summary>Whether more than this share of the offices that there were goes.</summary>
    public bool RemovesMoreThan(int percent) => Removed * 100L > (long)(Changed + Removed + Unchanged) * percent;
}
