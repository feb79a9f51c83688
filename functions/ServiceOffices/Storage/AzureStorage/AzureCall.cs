using Azure;
using Azure.Identity;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>The one place that tells a fault of Azure storage from an answer of it.</summary>
internal static class AzureCall
{
    /// <summary>Runs calls that catch by themselves the refusals that they expect.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer, or refused in a way that nobody expects.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (Exception e) when (IsStorageFault(e, cancellationToken))
        {
            throw new StorageUnavailableException($"The storage does not answer: {DescribeFault(e)}.", e);
        }
    }

    /// <remarks>
    /// After its last retry the SDK throws one AggregateException of all tries; a network timeout is a cancellation that
    /// the caller did not ask for.
    /// </remarks>
    private static bool IsStorageFault(Exception e, CancellationToken cancellationToken) => e switch
    {
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException aggregate => aggregate.InnerExceptions.All(inner => IsStorageFault(inner, cancellationToken)),
        _ => false,
    };

    // No address, table or account: a caller may show this to anybody.
    private static string DescribeFault(Exception e) => e switch
    {
        RequestFailedException { Status: > 0 } failure => $"status {failure.Status}",
        AuthenticationFailedException => "no identity could be proven to it",
        OperationCanceledException => "no answer in time",
        AggregateException { InnerExceptions: [.., var last] } => DescribeFault(last),
        _ => "no connection",
    };
}

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
