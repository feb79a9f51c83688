using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>An entry as stored.</summary>
/// <param name="ETag">Opaque; another after every write of the office or of one of its events.</param>
/// <param name="Version">How often the office was written; 0 where that was past the platform.</param>
/// <param name="LastEventNumber">The highest number that an event of it ever had; 0 where that is not known.</param>
public sealed record StoredEntry(RegisterEntry Entry, string ETag, int Version = 0, int LastEventNumber = 0);
