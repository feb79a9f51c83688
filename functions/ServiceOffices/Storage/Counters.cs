namespace ServiceOffices.Storage;

/// <summary>What is counted of an office for as long as its id is known, removals included.</summary>
/// <param name="Version">How often it was written; 0 where never.</param>
/// <param name="LastEventNumber">The highest number that an event of it ever had: numbers are never given twice.</param>
internal readonly record struct EntryCounters(int Version, int LastEventNumber)
{
    public EntryCounters Increment(IEnumerable<int> eventNumbers) => new(Version + 1, eventNumbers.Append(LastEventNumber).Max());
}
