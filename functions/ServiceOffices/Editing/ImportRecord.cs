namespace ServiceOffices.Editing;

/// <summary>An accepted import as it was written ahead, before anything of it was applied.</summary>
/// <param name="Id">Its time and a random part: ordered by when it was accepted.</param>
/// <param name="Offices">What the plan does.</param>
/// <param name="Batches">How many files the plan's steps are in.</param>
public sealed record ImportRecord(
    string Id, string By, DateTimeOffset At, ImportMode Mode, bool IsJson, char Delimiter, ImportCounts Offices, int Batches);
