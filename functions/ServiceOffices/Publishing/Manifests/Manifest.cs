using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>The table of contents of one revision: written last, and referred to by the pointer <c>current</c> with its hash.</summary>
/// <param name="FormatVersion">The format of the manifest and of its files; this code reads and writes <see cref="CurrentFormatVersion"/>.</param>
/// <param name="At">The time of publication, in UTC.</param>
/// <param name="Reason">One of <see cref="PublicationReason.Codes"/>.</param>
/// <param name="Contract">The <see cref="PublicationContract"/> of the sets, columns and formats.</param>
/// <param name="Folder">The prefix of its files.</param>
/// <param name="Register">The register of that revision, without history.</param>
/// <param name="Rejected">Rows of the editors' register that are omitted or keep their last valid value.</param>
/// <param name="Previous">Null for the first revision.</param>
/// <param name="History">Every page of history, in order; the last contains this revision.</param>
public sealed record Manifest(
    int FormatVersion,
    long Revision,
    DateTimeOffset At,
    string Reason,
    string Contract,
    string Folder,
    IReadOnlyList<StatusCount> Counts,
    FileLink Register,
    IReadOnlyList<PublishedFile> Files,
    IReadOnlyList<UnpublishedRow> Rejected,
    PreviousManifest? Previous,
    IReadOnlyList<HistoryPageLink> History)
{
    public const int CurrentFormatVersion = 2;

    public const string FileName = PublicationRecord.ManifestFileName;

    public string Path => Folder + FileName;
}

/// <summary>The content of the pointer <c>current</c>: the current revision and its manifest.</summary>
internal sealed record CurrentPointer(long Revision, FileLink Manifest);

/// <summary>A reference to a file of the publication store, with its hash.</summary>
/// <param name="Path">From the store's root.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record FileLink(string Path, string Sha256);

/// <summary>A reference to the previous manifest, which makes history a hash chain.</summary>
public sealed record PreviousManifest(long Revision, string Path, string Sha256);

/// <summary>
/// A row that a publication omits, or keeps at its last valid value, as listed in the public manifest. The invalid values are
/// not published: they may be anything, and only the log and the editors see them.
/// </summary>
/// <param name="EventNumber">Null if the row is the office itself.</param>
/// <param name="Fields">The invalid fields.</param>
public sealed record UnpublishedRow(string OfficeId, int? EventNumber, IReadOnlyList<string> Fields)
{
    public static UnpublishedRow FromRejected(RejectedRow row) => new(row.OfficeId, row.EventNumber, [.. row.Problems.Select(problem => problem.Field)]);

    public bool HasSameContent(UnpublishedRow other) =>
        OfficeId == other.OfficeId && EventNumber == other.EventNumber && Fields.SequenceEqual(other.Fields);
}
