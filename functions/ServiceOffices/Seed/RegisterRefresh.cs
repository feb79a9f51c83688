using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;

namespace ServiceOffices.Seed;

/// <summary>What the timer and the editors start: fills a register that nobody has used yet, where that is wanted, then publishes what it holds.</summary>
/// <param name="seedUnusedRegister">Whether a register that nobody has used yet is filled with the starting data.</param>
public sealed class RegisterRefresh(
    IRegisterStore register, IPublicationStore publications, CurrentPublication current, Publisher publisher, TimeProvider time, bool seedUnusedRegister)
{
    /// <inheritdoc cref="Publisher.RefreshAsync"/>
    public async Task<RefreshOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // Once this process has seen a publication, the register has been used.
        if (seedUnusedRegister && current.Health.Revision is null)
        {
            await RegisterSeeder.SeedIfUnusedAsync(register, publications, time, cancellationToken);
        }

        return await publisher.RefreshAsync(cancellationToken);
    }
}
