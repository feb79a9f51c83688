using System.Globalization;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Publishing.History;

/// <summary>Restores the editors' register from a publication.</summary>
public sealed class RegisterRestore(IRegisterStore register, IPublicationStore publications, CurrentPublication current, TimeProvider time)
{
    /// <summary>
    /// Writes the offices and events of a revision to the register and deletes all others. Nothing is published meanwhile; an
    /// interrupted run is completed by the next.
    /// </summary>
    /// <returns>Null if the revision does not exist.</returns>
    /// <exception cref="ConflictException">A refresh is in progress or an editor writes at the same time; the message says what to do.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or the revision is damaged.</exception>
    public async Task<RestoreOutcome?> RunAsync(long revision, CancellationToken cancellationToken)
    {
        if (await current.GetRevisionAsync(revision, cancellationToken) is not { } publication)
        {
            return null;
        }

        // No process publishes while this lease is held: an incomplete restore must not become public.
        await using var lease = await publications.TryAcquireLeaseAsync(cancellationToken)
            ?? throw new ConflictException("A refresh is in progress. Run the command again in a minute.");
        var content = await register.ReadAllAsync(cancellationToken);
        var stored = content.Entries.ToDictionary(entry => entry.Entry.Office.Id, StringComparer.Ordinal);
        var unreadableIds = content.Rejected.Select(row => row.OfficeId).ToHashSet(StringComparer.Ordinal);
        var desired = GetEntries(publication.Register);
        var signature = new Signature("restore", time.GetUtcNow(), string.Create(CultureInfo.InvariantCulture, $"Restored to revision {revision}"));

        var written = 0;
        foreach (var entry in desired)
        {
            var id = entry.Office.Id;
            if (unreadableIds.Contains(id))
            {
                await OverwriteAsync(entry, signature, cancellationToken);
                written++;
            }
            else if (!stored.TryGetValue(id, out var existing) || AuditTrail.FindDifferences(existing.Entry, entry).Any())
            {
                await register.WriteAsync(entry, existing?.ETag, signature, cancellationToken);
                written++;
            }
        }

        var removableIds = stored.Keys.Union(unreadableIds).Except(desired.Select(entry => entry.Office.Id), StringComparer.Ordinal).ToList();
        var unreadable = new List<string>();
        foreach (var id in removableIds)
        {
            if (!await TryRemoveAsync(id, stored.GetValueOrDefault(id)?.ETag, signature, cancellationToken))
            {
                unreadable.Add(id);
            }
        }

        return new RestoreOutcome(written, removableIds.Count - unreadable.Count, desired.Count - written, unreadable);
    }

    /// <summary>Gets the register entries of a publication.</summary>
    private static List<RegisterEntry> GetEntries(PublishedRegister published)
    {
        var events = published.Events.ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        return [.. published.Offices.Select(office => new RegisterEntry(office.Office, [.. events[office.Office.Id]]))];
    }

    /// <summary>Overwrites unreadable rows, whose version is unknown.</summary>
    private async Task OverwriteAsync(RegisterEntry entry, Signature signature, CancellationToken cancellationToken)
    {
        try
        {
            await register.WriteAsync(entry, IRegisterStore.AnyVersion, signature, cancellationToken);
        }
        catch (ConflictException)
        {
            // The office has events but no row of its own.
            await register.WriteAsync(entry, null, signature, cancellationToken);
        }
    }

    /// <param name="etag">Null if the office cannot be read.</param>
    private async Task<bool> TryRemoveAsync(string officeId, string? etag, Signature signature, CancellationToken cancellationToken)
    {
        try
        {
            await register.RemoveAsync(officeId, etag ?? IRegisterStore.AnyVersion, signature, cancellationToken);
            return true;
        }
        catch (ConflictException) when (etag is null)
        {
            return false;
        }
    }
}

/// <summary>The result of a restore.</summary>
/// <param name="Written">The number of offices that were missing or different.</param>
/// <param name="Removed">The number of offices that the revision does not have.</param>
/// <param name="Kept">The number of offices that were unchanged.</param>
/// <param name="Unreadable">Offices with unreadable rows that only a table tool can delete.</param>
public sealed record RestoreOutcome(int Written, int Removed, int Kept, IReadOnlyList<string> Unreadable);
