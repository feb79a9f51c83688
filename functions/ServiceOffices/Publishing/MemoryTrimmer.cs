namespace ServiceOffices.Publishing;

/// <summary>What reading a register leaves in memory that nothing uses any more: its JSON, and the objects that became columns.</summary>
public static class MemoryTrimmer
{
    private const long ThresholdBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Gives it back to the machine where it is much; the collector alone would keep it for what comes. Everything stands still
    /// meanwhile: this is for before the first answer.
    /// </summary>
    public static void Compact()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) >= ThresholdBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
