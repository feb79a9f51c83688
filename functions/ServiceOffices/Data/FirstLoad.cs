using ServiceOffices.Publishing;
using ServiceOffices.Storage;

namespace ServiceOffices.Data;

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
