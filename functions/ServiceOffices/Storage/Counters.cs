namespace ServiceOffices.Storage;

/// <summary>What is counted of an office for as long as its id is known, removals included.</summary>
/// <param name="Version">How often it was written; 0 where never.</param>
/// <param name="LastEvent">The highest number that an event of it ever had: numbers are never given twice.</param>
internal readonly record struct Counters(int Version, int LastEvent)
{
    public Counters Next(IEnumerable<int> eventNumbers) => new(Version + 1, eventNumbers.Append(LastEvent).Max());
}
