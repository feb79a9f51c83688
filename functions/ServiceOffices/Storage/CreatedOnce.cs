using Azure;

namespace ServiceOffices.Storage;

/// <summary>
/// Makes a table or container at its first use, so that a new account needs no setup. Only at the first: one that goes
/// missing later is a fault and must not look like an empty one.
/// </summary>
internal sealed class ResourceInitializer(Func<CancellationToken, Task> createIfNotExists)
{
    private volatile bool isInitialized;

    public async ValueTask EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (isInitialized)
        {
            return;
        }

        try
        {
            await createIfNotExists(cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 403)
        {
            // An identity of least privilege may use what stands there and not create it. The use that follows tells.
        }

        isInitialized = true;
    }
}
