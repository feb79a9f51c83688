using ServiceOffices.Publishing;
using ServiceOffices.Storage;

namespace ServiceOffices.Seed;

/// <summary>Fills an unused register with the initial data.</summary>
public static class RegisterSeeder
{
    private const string Author = "starting data";

    /// <summary>
    /// Writes the initial entries if nothing was ever published and the register has no other offices. An interrupted run is
    /// completed by the next; after the first publication, offices that editors delete stay deleted.
    /// </summary>
    /// <returns>The number of entries written.</returns>
    public static async Task<int> SeedIfUnusedAsync(
        IRegisterStore register, IPublicationStore publications, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await publications.ReadPointerAsync(null, cancellationToken) is not null)
        {
            return 0;
        }

        return await WriteMissingEntriesAsync(register, time, cancellationToken) ?? 0;
    }

    /// <summary>Writes the initial entries that are missing.</summary>
    /// <returns>The number of entries written; null if the register has other offices.</returns>
    internal static async Task<int?> WriteMissingEntriesAsync(IRegisterStore register, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await register.ReadAllAsync(cancellationToken);
        var present = found.Entries.Select(stored => stored.Entry.Office.Id).ToHashSet(StringComparer.Ordinal);
        if (found.Rejected.Count > 0 || !present.IsSubsetOf(SeedData.Entries.Select(entry => entry.Office.Id)))
        {
            return null;
        }

        var written = 0;
        foreach (var entry in SeedData.Entries.Where(entry => !present.Contains(entry.Office.Id)))
        {
            try
            {
                await register.WriteAsync(entry, ifMatch: null, new Signature(Author, time.GetUtcNow()), cancellationToken);
                written++;
            }
            catch (ConflictException)
            {
                // Another process fills the same register with the same entry.
            }
        }

        return written;
    }
}

/// <summary>Fills the register of a new deployment on request; in Azure this is never automatic.</summary>
public sealed class OnDemandSeeder(IRegisterStore register, IPublicationStore publications, CurrentPublication current, TimeProvider time)
{
    /// <summary>
    /// Writes the missing initial entries, unless an office was ever published. An interrupted run is completed by the next;
    /// repeated runs change nothing.
    /// </summary>
    /// <returns>The number of entries written, 0 once an office was published; null if the register has other offices that were not.</returns>
    /// <exception cref="ConflictException">A refresh is in progress.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        // A deployed app publishes every minute, even an empty register, but not while the lease is held.
        await using var lease = await publications.TryAcquireLeaseAsync(cancellationToken)
            ?? throw new ConflictException("A refresh is in progress. Run the command again in a minute.");
        var latest = await current.LoadLatestAsync(cancellationToken);
        return latest?.Publication.Register.Changes.Count > 0 ? 0 : await RegisterSeeder.WriteMissingEntriesAsync(register, time, cancellationToken);
    }
}
