using ServiceOffices.Register.Published;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

public sealed partial class PublicationReader
{
    /// <summary>
    /// Finds the newest complete publication without the pointer; null if nothing was ever published. Published revisions are never
    /// replaced: if a later one was public, the next is numbered after it.
    /// </summary>
    /// <param name="description">The damage that makes this necessary.</param>
    /// <param name="pointerETag">Null if the pointer is missing.</param>
    /// <param name="pointer">The pointer; null if it is missing or unreadable.</param>
    /// <param name="known">The caller's publication, which is complete even if the store has lost it; null for none.</param>
    /// <exception cref="DamagedPublicationException">No revision is complete.</exception>
    /// <exception cref="StorageUnavailableException">The store does not answer, or has a format that this version cannot read.</exception>
    internal async Task<LoadedPublication?> RecoverAsync(
        string description, string? pointerETag, CurrentPointer? pointer, LoadedPublication? known, CancellationToken cancellationToken)
    {
        var attempts = await PublicationFolders.ListAsync(store, revision: null, cancellationToken);
        var newestPublic = attempts.Where(attempt => !attempt.IsMarked).Select(attempt => attempt.Revision)
            .Append(pointer?.Revision ?? 0).Append(known?.Publication.Revision ?? 0).Max();
        var found = await FindNewestCompleteAsync(attempts, pointer, known, cancellationToken);
        if (found is null && newestPublic == 0)
        {
            return null;
        }

        long? nextRevision = found?.Publication.Revision >= newestPublic
            ? null
            : attempts.Select(attempt => attempt.Revision).Append(newestPublic).Max() + 1;
        var damage = new PublicationDamage(description, pointerETag, nextRevision);
        return found is null
            ? throw new DamagedPublicationException($"{description}, and no revision is complete") { Damage = damage }
            : found with { ETag = pointerETag, Damage = damage };
    }

    private async Task<LoadedPublication?> FindNewestCompleteAsync(
        IReadOnlyList<PublicationAttempt> attempts, CurrentPointer? pointer, LoadedPublication? known, CancellationToken cancellationToken)
    {
        foreach (var attempt in attempts)
        {
            if (known is not null && attempt.Revision <= known.Publication.Revision)
            {
                return known;
            }

            if (await TryLoadAsync(attempt, pointer, known, cancellationToken) is { } loaded)
            {
                return loaded;
            }
        }

        return known;
    }

    /// <returns>Null if the publication is incomplete or damaged.</returns>
    private async Task<LoadedPublication?> TryLoadAsync(
        PublicationAttempt attempt, CurrentPointer? pointer, LoadedPublication? known, CancellationToken cancellationToken)
    {
        // The manifest is written last: an attempt that ended before it was never public.
        if (attempt is { IsMarked: true, HasManifest: false }
            || await files.FindAsync(attempt.Folder + Manifest.FileName, pointer?.Manifest, cancellationToken) is not { } link)
        {
            return null;
        }

        try
        {
            var manifest = Parse(await files.ReadAsync(link, cancellationToken), PublishingJsonContext.Instance.Manifest, link.Path);
            if (manifest.FormatVersion > Manifest.CurrentFormatVersion)
            {
                throw CreateUnsupportedException(link.Path, manifest.FormatVersion);
            }

            if (!IsComplete(manifest, attempt))
            {
                return null;
            }

            var loaded = await LoadAsync(files, link, "", known, cancellationToken);
            return Describes(manifest, loaded.Publication.Record) ? loaded : null;
        }
        catch (DamagedPublicationException)
        {
            return null;
        }
    }

    /// <summary>Returns whether a manifest whose hash is not known has all its parts.</summary>
    private static bool IsComplete(Manifest manifest, PublicationAttempt attempt) =>
        manifest is { Register: { Path: not null, Sha256: not null }, Files: not null, Rejected: not null, Counts: not null, Contract: not null, Reason: not null, History.Count: > 0 }
        && manifest.Folder == attempt.Folder
        && manifest.Revision == attempt.Revision
        && manifest.History.All(page => page is { Path: not null, Sha256: not null })
        && manifest.Files.All(file => file is { Name: not null, Dataset: not null, MediaType: not null, Sha256: not null, Encodings: not null, Url: not null, Path: not null });

    /// <summary>Returns whether a manifest has the values of its record in history, which has a hash.</summary>
    private static bool Describes(Manifest manifest, PublicationRecord record) =>
        (manifest.Revision, manifest.At, manifest.Reason, manifest.Previous?.Revision, manifest.Previous?.Sha256)
            == (record.Revision, record.At, record.Reason, record.PreviousRevision, record.PreviousManifestSha256)
        && manifest.Counts.SequenceEqual(record.Counts);
}
