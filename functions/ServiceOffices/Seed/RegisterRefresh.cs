using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;

namespace ServiceOffices.Seed;

/// <summary>Refreshes the publication, for the timer and after edits: fills an unused register if configured, then publishes the register.</summary>
/// <param name="seedUnusedRegister">True to fill an unused register with the initial data.</param>
public sealed class RegisterRefresh(
    IRegisterStore register, IPublicationStore publications, CurrentPublication current, Publisher publisher, TimeProvider time, bool seedUnusedRegister)
{
    /// <inheritdoc cref="Publisher.RefreshAsync"/>
    public async Task<RefreshOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // Once this process has loaded a publication, the register is in use.
        if (seedUnusedRegister && current.Health.Revision is null)
        {
            await RegisterSeeder.SeedIfUnusedAsync(register, publications, time, cancellationToken);
        }

        return await publisher.RefreshAsync(cancellationToken);
    }
}
