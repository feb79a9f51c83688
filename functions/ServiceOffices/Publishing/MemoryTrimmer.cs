namespace ServiceOffices.Publishing;

/// <summary>Releases memory that is unused after a register is loaded: its JSON, and objects that were converted to columns.</summary>
public static class MemoryTrimmer
{
    private const long ThresholdBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Compacts the heap if it is large; the garbage collector would keep the memory for later allocations. All threads are
    /// suspended meanwhile, so call it only before the first response.
    /// </summary>
    public static void Compact()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) >= ThresholdBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
