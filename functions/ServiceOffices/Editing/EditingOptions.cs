namespace ServiceOffices.Editing;

/// <summary>What bounds editors; docs/limits.md.</summary>
/// <param name="MaxBodyBytes">Bytes of an office or event.</param>
/// <param name="MaxImportBytes">Bytes of a document to be imported, content codings undone.</param>
/// <param name="MaxRemovedPercent">The share of the offices, in percent, that an import may remove without being confirmed.</param>
public sealed record EditingOptions(int MaxBodyBytes, int MaxImportBytes, int MaxRemovedPercent);
