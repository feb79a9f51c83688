using Azure;
using Azure.Identity;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>Translates failures of Azure storage into <see cref="StorageUnavailableException"/>.</summary>
internal static class AzureCall
{
    // Each request reads or writes another partition, so the service answers many at once.
    private const int MaxConcurrentRequests = 16;

    public static ParallelOptions CreateParallelOptions(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = MaxConcurrentRequests, CancellationToken = cancellationToken };

    /// <summary>Runs calls that handle the error responses that they expect.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer, or returned an unexpected error.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (AggregateException e) when (cancellationToken.IsCancellationRequested)
        {
            // The SDK adds the cancellation of a retry to the failures of the attempts before.
            throw new OperationCanceledException("The call was cancelled after a failed attempt.", e, cancellationToken);
        }
        catch (Exception e) when (IsStorageFault(e, cancellationToken))
        {
            throw CreateUnavailableException(e);
        }
    }

    public static StorageUnavailableException CreateUnavailableException(Exception fault, bool isOutcomeUnknown = false) =>
        new($"The storage does not answer: {DescribeFault(fault)}.", fault) { IsOutcomeUnknown = isOutcomeUnknown };

    /// <summary>Returns true for a failure of the storage or of the connection to it, false for other errors and the caller's cancellation.</summary>
    /// <remarks>
    /// After the last retry the SDK throws one AggregateException of all attempts; a network timeout is a cancellation that
    /// the caller did not request.
    /// </remarks>
    public static bool IsStorageFault(Exception e, CancellationToken cancellationToken) => e switch
    {
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException aggregate => aggregate.InnerExceptions.All(inner => IsStorageFault(inner, cancellationToken)),
        _ => false,
    };

    // No URL, table or account: callers may show this to anyone.
    private static string DescribeFault(Exception e) => e switch
    {
        RequestFailedException { Status: > 0 } failure => $"status {failure.Status}",
        AuthenticationFailedException => "authentication failed",
        OperationCanceledException => "no answer in time",
        AggregateException { InnerExceptions: [.., var last] } => DescribeFault(last),
        _ => "no connection",
    };
}

/// <summary>
/// Creates a table or container at its first use, so that a new account needs no setup. Only at the first use: one that disappears
/// later is a fault and must not look empty.
/// </summary>
internal sealed class ResourceInitializer(Func<CancellationToken, Task> createIfNotExists)
{
    private volatile bool isInitialized;

    /// <summary>Runs calls that need the table or container.</summary>
    /// <inheritdoc cref="AzureCall.RunAsync" path="/exception"/>
    public Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken) => AzureCall.RunAsync(
        async () =>
        {
            await EnsureCreatedAsync(cancellationToken);
            return await operation();
        },
        cancellationToken);

    private async ValueTask EnsureCreatedAsync(CancellationToken cancellationToken)
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
            // An identity with least privilege may use an existing resource but not create one. The call that follows shows which.
        }

        isInitialized = true;
    }
}
