namespace ServiceOffices.Editing;

/// <summary>An office that an import left alone.</summary>
public sealed record ImportConflict(string OfficeId, string Reason);
