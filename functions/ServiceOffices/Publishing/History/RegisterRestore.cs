using System.Globalization;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Publishing.History;

/// <summary>Makes the editors' register say again what a publication says.</summary>
public sealed class RegisterRestore(IRegisterStore register, IPublicationStore publications, CurrentPublication current, TimeProvider time)
{
    /// <summary>
    /// Brings the register to the offices and events of a revision. Nothing is published meanwhile, and a run that was cut off is
    /// completed by the next.
    /// </summary>
    /// <returns>Null where there is no such revision.</returns>
    /// <exception cref="ConflictException">A refresh or an editor is at work at the same moment; the message says what to do.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or the revision is damaged.</exception>
    public async Task<RestoreOutcome?> RunAsync(long revision, CancellationToken cancellationToken)
    {
        if (await current.GetRevisionAsync(revision, cancellationToken) is not { } publication)
        {
            return null;
        }

        // While this lease is held no process publishes: half of a restore must not become public.
        await using var lease = await publications.TryAcquireLeaseAsync(cancellationToken)
            ?? throw new ConflictException("A refresh is under way; run the command again in a minute.");
        var content = await register.ReadAllAsync(cancellationToken);
        var stored = content.Entries.ToDictionary(entry => entry.Entry.Office.Id, StringComparer.Ordinal);
        var unreadableIds = content.Rejected.Select(row => row.OfficeId).ToHashSet(StringComparer.Ordinal);
        var desired = GetEntries(publication.Register);
        var signature = new Signature("restore", time.GetUtcNow(), string.Create(CultureInfo.InvariantCulture, $"Back to revision {revision}"));

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

        var surplus = stored.Keys.Union(unreadableIds).Except(desired.Select(entry => entry.Office.Id), StringComparer.Ordinal).ToList();
        var unreadable = new List<string>();
        foreach (var id in surplus)
        {
            if (!await TryRemoveAsync(id, stored.GetValueOrDefault(id)?.ETag, signature, cancellationToken))
            {
                unreadable.Add(id);
            }
        }

        return new RestoreOutcome(written, surplus.Count - unreadable.Count, desired.Count - written, unreadable);
    }

    /// <summary>The entries that a published register was made from.</summary>
    private static List<RegisterEntry> GetEntries(PublishedRegister published)
    {
        var events = published.Events.ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        return [.. published.Offices.Select(office => new RegisterEntry(office.Office, [.. events[office.Office.Id]]))];
    }

    /// <summary>Writes over rows of which no version is known, for they cannot be read.</summary>
    private async Task OverwriteAsync(RegisterEntry entry, Signature signature, CancellationToken cancellationToken)
    {
        try
        {
            await register.WriteAsync(entry, IRegisterStore.AnyVersion, signature, cancellationToken);
        }
        catch (ConflictException)
        {
            // There are events of it and no office.
            await register.WriteAsync(entry, null, signature, cancellationToken);
        }
    }

    /// <param name="etag">Null where the office cannot be read.</param>
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

/// <summary>What a restore did to the register.</summary>
/// <param name="Written">Offices that were written, for they were missing or different.</param>
/// <param name="Removed">Offices that were removed, for the revision does not have them.</param>
/// <param name="Kept">Offices that were as the revision has them and were not touched.</param>
/// <param name="Unreadable">Offices of which rows remain that no program of ours can read or remove; a table tool must.</param>
public sealed record RestoreOutcome(int Written, int Removed, int Kept, IReadOnlyList<string> Unreadable);
