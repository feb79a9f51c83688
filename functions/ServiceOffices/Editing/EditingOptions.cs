namespace ServiceOffices.Editing;

/// <summary>Limits of editing; docs/limits.md.</summary>
/// <param name="MaxBodyBytes">Maximum bytes of an office or event.</param>
/// <param name="MaxImportBytes">Maximum bytes of a document to import, after decompression.</param>
/// <param name="MaxRemovedPercent">Maximum percentage of the offices that an import may remove without confirmation.</param>
public sealed record EditingOptions(int MaxBodyBytes = 1024 * 1024, int MaxImportBytes = 64 * 1024 * 1024, int MaxRemovedPercent = 20);
