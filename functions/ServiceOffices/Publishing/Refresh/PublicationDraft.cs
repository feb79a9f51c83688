using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>A publication that differs from the last one, before its files are written.</summary>
/// <param name="Register">The register without its files, which are not written yet.</param>
/// <param name="Changes">Ordered by sequence.</param>
/// <param name="Rejected">Rows of the editors' register that are omitted or keep their last valid value.</param>
public sealed record PublicationDraft(PublishedRegister Register, IReadOnlyList<Change> Changes, IReadOnlyList<RejectedRow> Rejected)
{
    public PublicationRecord Record => Register.Publications[^1];

    /// <summary>Creates the next publication; null if nothing has changed.</summary>
    /// <param name="previous">The last publication, or null before the first.</param>
    /// <param name="contract">The current <see cref="PublicationContract"/>.</param>
    /// <param name="at">The instant of publication, UTC, whole seconds.</param>
    /// <param name="repairedRevision">The revision to publish even if nothing has changed, because a later one than <paramref name="previous"/> was lost; null otherwise.</param>
    public static PublicationDraft? Create(
        Composition composition, ReferenceData reference, LoadedPublication? previous, string contract, DateTimeOffset at, long? repairedRevision = null)
    {
        var history = previous?.Publication.Register;
        var record = new PublicationRecord(
            Revision: repairedRevision ?? (previous?.Publication.Revision ?? 0) + 1,
            At: at,
            Reason: PublicationReason.First,
            Counts: CountByStatus(composition.Offices),
            PreviousRevision: previous?.Publication.Revision,
            PreviousManifestSha256: previous?.Publication.ManifestSha256);

        // The comparison needs no history: without it, the time of a refresh does not grow with history.
        var withoutHistory = new PublishedRegister(composition.Offices, composition.Events, composition.Municipalities, reference, composition.NetworkSizes, composition.CountySizes, [], [record], []);
        var changes = ChangeDetector.FindChanges(
            previous?.Publication.Tables, PublishedTables.Create(withoutHistory), firstSequence: (history?.Changes.Count ?? 0) + 1);
        var reason = repairedRevision is null ? GetReason(composition, reference, previous, contract, changes) : PublicationReason.Repair;
        if (reason is null)
        {
            return null;
        }

        var register = withoutHistory with
        {
            Offices = ApplyModificationTime(composition.Offices, changes, at),
            Changes = [.. history?.Changes ?? [], .. changes],
            Publications = [.. history?.Publications ?? [], record with { Reason = reason }],
        };
        return new PublicationDraft(register, changes, composition.Rejected);
    }

    private static string? GetReason(
        Composition composition, ReferenceData reference, LoadedPublication? previous, string contract, IReadOnlyList<Change> changes)
    {
        if (previous is null)
        {
            return PublicationReason.First;
        }

        var before = previous.Publication.Register;
        if (!composition.Events.SequenceEqual(before.Events)
            || !IsSame(reference, before.Reference)
            || !IsSame(composition.Rejected, previous.Manifest.Rejected)
            || changes.Any(IsEdit))
        {
            return PublicationReason.Edit;
        }

        if (changes.Count > 0
            || !composition.Offices.Select(office => office.LastConfirmedOn).SequenceEqual(before.Offices.Select(office => office.LastConfirmedOn))
            || !composition.Municipalities.SequenceEqual(before.Municipalities)
            || !composition.NetworkSizes.SequenceEqual(before.NetworkSizes))
        {
            return PublicationReason.Date;
        }

        return contract == previous.Manifest.Contract ? null : PublicationReason.Format;
    }

    private static bool IsEdit(Change change) =>
        change.Kind is ChangeKind.Added or ChangeKind.Removed || change.Properties.Any(property => property.Property != "status");

    private static bool IsSame(ReferenceData one, ReferenceData other) =>
        one.Municipalities.SequenceEqual(other.Municipalities)
        && one.Counties.SequenceEqual(other.Counties)
        && one.FaRegions.SequenceEqual(other.FaRegions)
        && one.Agencies.SequenceEqual(other.Agencies)
        && one.NetworkCounts.SequenceEqual(other.NetworkCounts);

    private static bool IsSame(IReadOnlyList<RejectedRow> now, IReadOnlyList<UnpublishedRow> before) =>
        now.Count == before.Count && now.Zip(before).All(pair => UnpublishedRow.FromRejected(pair.First).HasSameContent(pair.Second));

    /// <summary>Counts the offices of every status in the code list, and those without a status if there are any.</summary>
    private static StatusCount[] CountByStatus(IReadOnlyList<PublishedOffice> offices)
    {
        var unknown = offices.Count(office => office.Status is null);
        return
        [
            .. Codes.Status.Codes.Select(code => new StatusCount(code.Value, offices.Count(office => office.Status == code.Value))),
            .. unknown == 0 ? Array.Empty<StatusCount>() : [new StatusCount(null, unknown)],
        ];
    }

    private static PublishedOffice[] ApplyModificationTime(IReadOnlyList<PublishedOffice> offices, IReadOnlyList<Change> changes, DateTimeOffset at)
    {
        var changed = changes.Select(change => change.OfficeId).ToHashSet(StringComparer.Ordinal);
        return [.. offices.Select(office => changed.Contains(office.Office.Id) ? office with { ModifiedAt = at } : office)];
    }
}
