using ServiceOffices.Data;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;

namespace ServiceOffices;

/// <summary>What the timer and the editors start: fills a register that nobody has used yet, where the settings say so, then publishes what it holds.</summary>
public sealed class RegisterRefresh(IRegisterStore register, IPublicationStore publications, CurrentPublication current, Publisher publisher, Settings settings)
{
    /// <inheritdoc cref="Publisher.RefreshAsync"/>
    public async Task<RefreshOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // Once this process has seen a publication, the register has been used.
        if (settings.LoadStartingRegister && current.Health.Revision is null) await StartingRegister.LoadIntoAsync(register, publications, cancellationToken);
        return await publisher.RefreshAsync(cancellationToken);
    }
}
