using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>Repairs the pointer to the current publication. Only the holder of the lease does so.</summary>
internal sealed partial class DamagedPublications(IPublicationStore store, CurrentPublication current, ILogger<Publisher> log)
{
    /// <summary>Loads the last publication, and replaces a lost or damaged pointer to it.</summary>
    /// <returns>
    /// The newest complete publication, null if there is none; and the damage that the next publication repairs, null for none.
    /// </returns>
    public async Task<(LoadedPublication? Last, PublicationDamage? Damage)> LoadLatestAsync(CancellationToken cancellationToken)
    {
        LoadedPublication? last;
        try
        {
            last = await current.LoadLatestAsync(cancellationToken);
        }
        catch (DamagedPublicationException e) when (e.Damage is { } damage)
        {
            LogAllLost(damage.Description, damage.NextRevision);
            return (null, damage);
        }

        if (last?.Damage is not { } found)
        {
            return (last, null);
        }

        if (found.NextRevision is not null)
        {
            LogRevisionLost(found.Description, last.Publication.Revision, found.NextRevision);
            return (last, found);
        }

        var (repaired, error) = (await RepairPointerAsync(last, cancellationToken), "Another process has replaced the pointer 'current'.");
        return repaired is null ? throw new StorageUnavailableException(error, new ConflictException(error)) : (repaired, null);
    }

    /// <summary>
    /// Replaces the pointer if it names an earlier revision than the newest, for example because it was restored from a backup:
    /// publishing would otherwise create a second publication with the number of an existing one.
    /// </summary>
    /// <param name="nextRevision">The revision to be published.</param>
    /// <returns>True if the revision exists.</returns>
    public async Task<bool> RepairStalePointerAsync(long nextRevision, string? pointerETag, CancellationToken cancellationToken)
    {
        var attempts = await PublicationFolders.ListAsync(store, nextRevision, cancellationToken);
        if (attempts.All(attempt => attempt.IsMarked))
        {
            return false;
        }

        var found = await current.RecoverAsync($"the pointer 'current' does not name revision {nextRevision}, which exists", pointerETag, cancellationToken);
        if (found?.Damage is { NextRevision: null })
        {
            await RepairPointerAsync(found, cancellationToken);
        }
        else if (found is not null)
        {
            // The next refresh publishes a later revision.
            current.SetCurrent(found);
        }

        return true;
    }

    /// <returns>Null if another process replaced the pointer first.</returns>
    private async Task<LoadedPublication?> RepairPointerAsync(LoadedPublication last, CancellationToken cancellationToken)
    {
        var pointer = PublicationWriter.CreatePointer(last.Publication.Revision, new FileLink(last.Manifest.Path, last.Publication.ManifestSha256));
        if (await store.ReplacePointerAsync(pointer, last.ETag, cancellationToken) is not { } etag)
        {
            return null;
        }

        LogPointerRepaired(last.Damage!.Description, last.Publication.Revision);
        var repaired = last with { ETag = etag, Damage = null };
        current.SetCurrent(repaired);
        return repaired;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The publication store was damaged: {Description}. The pointer to revision {Revision} has been restored.")]
    private partial void LogPointerRepaired(string description, long revision);

    [LoggerMessage(Level = LogLevel.Error, Message = "The publication store is damaged: {Description}. Revision {Revision} is served until the register is published again as revision {NextRevision}.")]
    private partial void LogRevisionLost(string description, long revision, long? nextRevision);

    [LoggerMessage(Level = LogLevel.Error, Message = "The publication store is damaged: {Description}. No revision can be read, and the register is published again as revision {NextRevision} without its history.")]
    private partial void LogAllLost(string description, long? nextRevision);
}
