namespace ServiceOffices.Publishing;

/// <summary>The manifest before this one: what makes history a chain.</summary>
public sealed record PreviousManifest(long Revision, string Path, string Sha256);
