using ServiceOffices.Publishing;
using ServiceOffices.Storage;

namespace ServiceOffices.Seed;

/// <summary>Fills a register that nobody has used yet.</summary>
public static class RegisterSeeder
{
    private const string Author = "starting data";

    /// <summary>
    /// Writes the starting entries where nothing was ever published and the register holds nothing else. A run that was
    /// cut off is completed by the next; once there is a publication, what editors removed stays removed.
    /// </summary>
    /// <returns>How many entries were written.</returns>
    public static async Task<int> SeedIfUnusedAsync(
        IRegisterStore register, IPublicationStore publications, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await publications.ReadPointerAsync(null, cancellationToken) is not null)
        {
            return 0;
        }

        return await WriteMissingEntriesAsync(register, time, cancellationToken) ?? 0;
    }

    /// <summary>Writes the starting entries that are missing.</summary>
    /// <returns>How many were written; null where the register holds anything else.</returns>
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
                // Another process fills the same register: its entry is the same as ours.
            }
        }

        return written;
    }
}

/// <summary>Fills the register of a new deployment because somebody asks for it: nothing does so by itself in Azure.</summary>
public sealed class OnDemandSeeder(IRegisterStore register, IPublicationStore publications, CurrentPublication current, TimeProvider time)
{
    /// <summary>
    /// Writes the starting entries that are missing, unless an office was ever published. A run that was cut off is completed by the
    /// next, and one too many changes nothing.
    /// </summary>
    /// <returns>How many entries were written, 0 once an office was ever published; null where the register holds others that never were.</returns>
    /// <exception cref="ConflictException">A refresh is at work at the same moment.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        // A deployed app publishes each minute, also an empty register: not while this fills it.
        await using var lease = await publications.TryAcquireLeaseAsync(cancellationToken)
            ?? throw new ConflictException("A refresh is under way; run the command again in a minute.");
        var latest = await current.LoadLatestAsync(cancellationToken);
        return latest?.Publication.Register.Changes.Count > 0 ? 0 : await RegisterSeeder.WriteMissingEntriesAsync(register, time, cancellationToken);
    }
}
