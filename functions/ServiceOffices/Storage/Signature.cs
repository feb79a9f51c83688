namespace ServiceOffices.Storage;

/// <summary>Who answers for a change of the register.</summary>
/// <param name="By">A key's or a person's name as the platform knows it, or the platform's own part that writes; 1 to 200 characters.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, in the editor's words, at most 500 characters; null where none is stated.</param>
public sealed record Signature(string By, DateTimeOffset At, string? Reason = null);
