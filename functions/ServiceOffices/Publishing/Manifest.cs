namespace ServiceOffices.Publishing;

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

    public const string FileName = "manifest.json";

    public string Path => Folder + FileName;
}
