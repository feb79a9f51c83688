namespace ServiceOffices.Editing;

/// <summary>Limits of editing; docs/limits.md.</summary>
/// <param name="MaxBodyBytes">Maximum bytes of an office or event.</param>
/// <param name="MaxImportBytes">Maximum bytes of a document to import, after decompression.</param>
/// <param name="MaxRemovedPercent">Maximum percentage of the offices that an import may remove without confirmation.</param>
/// <param name="IdempotencyHours">Hours during which a request with the same Idempotency-Key is recognized as a repetition.</param>
public sealed record EditingOptions(
    int MaxBodyBytes = 1024 * 1024, int MaxImportBytes = 64 * 1024 * 1024, int MaxRemovedPercent = 20, int IdempotencyHours = 24)
{
    /// <summary>Gets the period of <see cref="IdempotencyHours"/>.</summary>
    public TimeSpan IdempotencyPeriod => TimeSpan.FromHours(IdempotencyHours);
}
