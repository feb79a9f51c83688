using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>A file of a publication; it never changes.</summary>
/// <param name="Name">Such as <c>offices.csv</c>; unique within the publication.</param>
/// <param name="Dataset">The entity set that it contains.</param>
/// <param name="Bytes">Size of the file itself, uncompressed.</param>
/// <param name="Rows">Records in it.</param>
/// <param name="Sha256">Of the file itself, 64 lower-case hexadecimal digits.</param>
/// <param name="Encodings">The content codings in which it is also stored (<c>gzip</c>, <c>br</c>, <c>zstd</c>), each at its path with <c>.gz</c>, <c>.br</c> or <c>.zst</c> added.</param>
/// <param name="Revision">The first revision with this content: a publication reuses files that have not changed.</param>
/// <param name="Url">Permanent URL, relative to the platform's root: <c>/downloads/12/offices.csv</c>.</param>
/// <param name="Path">Path in the publication store.</param>
/// <param name="EncodedSha256">The SHA-256 of the file in each of its codings; null if an earlier version of the platform published it.</param>
public sealed record PublishedFile(
    string Name,
    string Dataset,
    string MediaType,
    long Bytes,
    long Rows,
    string Sha256,
    IReadOnlyList<string> Encodings,
    long Revision,
    string Url,
    string Path,
    IReadOnlyDictionary<string, string>? EncodedSha256 = null);

/// <summary>The reasons for a new revision.</summary>
public static class PublicationReason
{
    public const string First = "first";
    public const string Edit = "edit";
    public const string Date = "date";
    public const string Format = "format";
    public const string Repair = "repair";

    public static CodeList Codes { get; } = new("publicationReason",
        new(First, "Första publiceringen", "First publication"),
        new(Edit, "Registret ändrades", "The register was edited"),
        new(Date, "En status ändrades på datumet för en händelse", "A status changed on the date of an event"),
        new(Format, "Plattformen publicerar nya eller ändrade filer", "The platform publishes new or changed files"),
        new(Repair, "En tidigare revision hade förlorats eller skadats", "An earlier revision was lost or damaged"));
}

/// <summary>A publication of the history.</summary>
/// <param name="Revision">Number from 1. A number is never used twice; the number of a lost revision is missing.</param>
/// <param name="At">Time of publication, UTC.</param>
/// <param name="Reason">The reason for the revision: <c>first</c>, <c>edit</c>, <c>date</c> (a status changed with the calendar), <c>format</c> (the platform publishes more or other files) or <c>repair</c> (an earlier revision was lost).</param>
/// <param name="Counts">Offices by status, in the order of the code list.</param>
/// <param name="PreviousRevision">Null for the first.</param>
/// <param name="PreviousManifestSha256">SHA-256 of the previous revision's manifest, which makes the history tamper-evident; null for the first.</param>
public sealed record PublicationRecord(
    long Revision,
    DateTimeOffset At,
    string Reason,
    IReadOnlyList<StatusCount> Counts,
    long? PreviousRevision,
    string? PreviousManifestSha256)
{
    /// <summary>The file name of every manifest, in its publication's folder.</summary>
    public const string ManifestFileName = "manifest.json";

    /// <summary>Permanent URL of its manifest, relative to the platform's root.</summary>
    public string Manifest => string.Create(CultureInfo.InvariantCulture, $"/publications/{Revision}/{ManifestFileName}");
}

/// <summary>The number of offices of a publication with a status.</summary>
/// <param name="Status">Null: offices whose status is not known.</param>
public sealed record StatusCount(string? Status, int Offices);
