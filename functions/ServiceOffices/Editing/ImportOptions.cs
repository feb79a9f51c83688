namespace ServiceOffices.Editing;

/// <summary>What bounds imports.</summary>
/// <param name="MaxRemovedPercent">The share of the offices, in percent, that a replacement may remove without being confirmed.</param>
public sealed record ImportOptions(int MaxRemovedPercent);
