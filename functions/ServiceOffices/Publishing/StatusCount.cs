namespace ServiceOffices.Publishing;

/// <summary>How many offices of a publication have a status.</summary>
/// <param name="Status">Null: offices whose status is not known.</param>
public sealed record StatusCount(string? Status, int Offices);
