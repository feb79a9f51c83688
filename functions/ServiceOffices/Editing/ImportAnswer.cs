namespace ServiceOffices.Editing;

/// <summary>What became of an import, and what it does.</summary>
/// <param name="Record">Null where nothing was written.</param>
public sealed record ImportResult(ImportStatus Status, ImportReport Report, ImportRecord? Record = null);
