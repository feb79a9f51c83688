namespace ServiceOffices.Publishing;

/// <summary>What <c>current</c> says: the revision that everybody reads, and where its manifest stands.</summary>
internal sealed record CurrentPointer(long Revision, FileLink Manifest);
