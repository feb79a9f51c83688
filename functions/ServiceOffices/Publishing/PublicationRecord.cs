using System.Globalization;

namespace ServiceOffices.Publishing;

/// <summary>A publication as history remembers it.</summary>
/// <param name="Revision">1 and up, without gaps.</param>
/// <param name="At">When it was made, in UTC.</param>
/// <param name="Reason">Why there is a new revision: <c>first</c>, <c>edit</c>, <c>date</c> (a status changed with the calendar) or <c>format</c> (the platform publishes more or other files).</param>
/// <param name="Counts">Offices by status, in the order of the code list.</param>
/// <param name="PreviousRevision">Null for the first.</param>
/// <param name="PreviousManifestSha256">Of the previous revision's manifest, which makes history tamper-evident; null for the first.</param>
public sealed record PublicationRecord(
    long Revision,
    DateTimeOffset At,
    string Reason,
    IReadOnlyList<StatusCount> Counts,
    long? PreviousRevision,
    string? PreviousManifestSha256)
{
    /// <summary>Where its manifest can be fetched for ever, relative to the platform's root.</summary>
    public string Manifest => string.Create(CultureInfo.InvariantCulture, $"/publications/{Revision}/{Publishing.Manifest.FileName}");
}
