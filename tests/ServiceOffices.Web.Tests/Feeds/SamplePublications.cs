using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Tests.Feeds;

/// <summary>Creates publications with given changes.</summary>
internal static class SamplePublications
{
    public static readonly DateTimeOffset FirstPublishedAt = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Creates a publication with these changes, one per revision and hour after the first.</summary>
    public static Publication Publication(params IReadOnlyList<Change> changes)
    {
        var records = new List<PublicationRecord> { Record(1, FirstPublishedAt, null) };
        foreach (var change in changes)
        {
            if (change.Publication > records[^1].Revision)
            {
                records.Add(Record(change.Publication, change.At, change.Publication - 1));
            }
        }

        var register = new PublishedRegister([], [], [], new ReferenceData([], [], [], [], []), [], [], changes, records, []);
        return new Publication(records[^1], "r", new string('0', 64), register, PublishedTables.Create(register));
    }

    /// <summary>Creates a publication with the given number of changes, each of another office.</summary>
    public static Publication PublicationWithChanges(int changes) => Publication([.. Enumerable.Range(1, changes).Select(i => Change(i, $"Kontor {i}"))]);

    /// <summary>Creates the change with a sequence number, published in revision sequence + 1.</summary>
    public static Change Change(long sequence, string name, string kind = "changed", params IReadOnlyList<PropertyChange> properties) =>
        new(sequence, $"office-{sequence}", kind, name, properties, sequence + 1, FirstPublishedAt.AddHours(sequence));

    public static PublicationRecord Record(long revision, DateTimeOffset at, long? previous) =>
        new(revision, at, previous is null ? PublicationReason.First : PublicationReason.Edit, [], previous, previous is null ? null : new string('0', 64));
}
