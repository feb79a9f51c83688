using ServiceOffices.Storage;

namespace ServiceOffices.Testing.Publishing;

/// <summary>A publication store whose reads fail or never end while a test says so.</summary>
internal sealed class GatedPublicationStore(IPublicationStore store) : IPublicationStore
{
    private readonly TaskCompletionSource hangingRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsUnavailable { get; set; }

    /// <summary>Files whose paths begin with this are never returned; null for none.</summary>
    public string? HangingPrefix { get; set; }

    /// <summary>Completes when the first read hangs.</summary>
    public Task HangingRead => hangingRead.Task;

    public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        if (HangingPrefix is { } prefix && path.StartsWith(prefix, StringComparison.Ordinal))
        {
            hangingRead.TrySetResult();

            // Ignores the token, as a driver may.
            return new TaskCompletionSource<Stream?>().Task;
        }

        return store.OpenReadAsync(path, offset, length, cancellationToken);
    }

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken)
    {
        ThrowIfUnavailable();
        return store.ReadPointerAsync(knownETag, cancellationToken);
    }

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
        store.WriteAsync(path, content, headers, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => store.DeleteAsync(path, cancellationToken);

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
        store.ReplacePointerAsync(content, ifMatch, cancellationToken);

    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => store.TryAcquireLeaseAsync(cancellationToken);

    private void ThrowIfUnavailable()
    {
        if (IsUnavailable)
        {
            throw new StorageUnavailableException("The storage does not answer: no connection.", new IOException());
        }
    }
}
