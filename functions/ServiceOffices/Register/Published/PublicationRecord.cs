using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>A file of a publication: written once, the same for ever.</summary>
/// <param name="Name">Such as <c>offices.csv</c>; unique within the publication.</param>
/// <param name="Dataset">The entity set that it holds.</param>
/// <param name="Bytes">Size of the file itself, uncompressed.</param>
/// <param name="Rows">Records in it.</param>
/// <param name="Sha256">Of the file itself, 64 lower-case hexadecimal digits.</param>
/// <param name="Encodings">The content codings in which it is stored too (<c>gzip</c>, <c>br</c>, <c>zstd</c>), each beside it at its path with <c>.gz</c>, <c>.br</c> or <c>.zst</c> added.</param>
/// <param name="Revision">The revision that first had these bytes: a publication carries on what it does not change.</param>
/// <param name="Url">Where it can be fetched for ever, relative to the platform's root: <c>/downloads/12/offices.csv</c>.</param>
/// <param name="Path">Where it stands in the publication store.</param>
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
    string Path);

/// <summary>Why there is a new revision.</summary>
public static class PublicationReason
{
    public const string First = "first";
    public const string Edit = "edit";
    public const string Date = "date";
    public const string Format = "format";

    public static CodeList Codes { get; } = new("publicationReason",
        new(First, "Första publiceringen", "First publication"),
        new(Edit, "Registret ändrades", "The register was edited"),
        new(Date, "En status ändrades på datumet för en händelse", "A status changed on the date of an event"),
        new(Format, "Plattformen publicerar nya eller ändrade filer", "The platform publishes new or changed files"));
}

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
    /// <summary>The file name of every manifest, in its publication's folder.</summary>
    public const string ManifestFileName = "manifest.json";

    /// <summary>Where its manifest can be fetched for ever, relative to the platform's root.</summary>
    public string Manifest => string.Create(CultureInfo.InvariantCulture, $"/publications/{Revision}/{ManifestFileName}");
}

/// <summary>How many offices of a publication have a status.</summary>
/// <param name="Status">Null: offices whose status is not known.</param>
public sealed record StatusCount(string? Status, int Offices);
