using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>The table of contents of one revision: written last, and named by the pointer <c>current</c> with its hash.</summary>
/// <param name="FormatVersion">Of the manifest and the files that it names; <see cref="CurrentFormatVersion"/> is what this code reads and writes.</param>
/// <param name="At">When the revision was made, in UTC.</param>
/// <param name="Reason">One of <see cref="PublicationReason.Codes"/>.</param>
/// <param name="Contract">What <see cref="PublicationContract"/> said of the sets, columns and formats.</param>
/// <param name="Folder">The prefix of its files.</param>
/// <param name="Register">The whole register of that revision, without history.</param>
/// <param name="Rejected">Rows of the editors' register that it leaves out or keeps at their last good value.</param>
/// <param name="Previous">Null for the first revision.</param>
/// <param name="History">Every page of history, in order; the last holds this revision.</param>
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

/// <summary>What <c>current</c> says: the revision that everybody reads, and where its manifest stands.</summary>
internal sealed record CurrentPointer(long Revision, FileLink Manifest);

/// <summary>Another file of the publication store, and what its bytes must hash to.</summary>
/// <param name="Path">From the store's root.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record FileLink(string Path, string Sha256);

/// <summary>The manifest before this one: what makes history a chain.</summary>
public sealed record PreviousManifest(long Revision, string Path, string Sha256);

/// <summary>
/// A row that a publication leaves out, or keeps at its last good value, as the public manifest names it. What stands
/// wrongly in the row is not told: it may be anything, and only the log and the editors see it.
/// </summary>
/// <param name="EventNumber">Null where the row is the office itself.</param>
/// <param name="Fields">The fields that do not validate.</param>
public sealed record UnpublishedRow(string OfficeId, int? EventNumber, IReadOnlyList<string> Fields)
{
    public static UnpublishedRow FromRejected(RejectedRow row) => new(row.OfficeId, row.EventNumber, [.. row.Problems.Select(problem => problem.Field)]);

    public bool HasSameContent(UnpublishedRow other) =>
        OfficeId == other.OfficeId && EventNumber == other.EventNumber && Fields.SequenceEqual(other.Fields);
}
