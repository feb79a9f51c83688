namespace ServiceOffices.Storage;

/// <summary>A file of a publication store.</summary>
public sealed record StoredFile(string Path, long Bytes, DateTimeOffset LastModified);
