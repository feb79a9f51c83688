using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>An entry as stored.</summary>
/// <param name="ETag">Opaque; another after every write of the office or of one of its events.</param>
public sealed record StoredEntry(RegisterEntry Entry, string ETag);
