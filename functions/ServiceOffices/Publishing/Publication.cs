using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>
/// An immutable, complete picture of the register at one revision: what every query, file and feed is a pure
/// function of.
/// </summary>
/// <param name="Record">This publication as history remembers it.</param>
/// <param name="Folder">The prefix of its files in the publication store.</param>
/// <param name="ManifestSha256">64 lower-case hexadecimal digits.</param>
public sealed record Publication(PublicationRecord Record, string Folder, string ManifestSha256, PublishedRegister Register, TableSet Tables)
{
    public long Revision => Record.Revision;

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset At => Record.At;

    /// <summary>What can be downloaded of it.</summary>
    public IReadOnlyList<PublishedFile> Files => Register.Files;
}
