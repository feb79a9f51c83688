using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>Publications in Azure Blob storage: one blob a file, the pointer is the blob <c>current</c>, the lease is on <c>lock</c>.</summary>
/// <param name="container">Made at the first use where it is missing; see <see cref="ContainerName"/>.</param>
/// <param name="leaseDuration">How long a holder that died keeps others out, 15 to 60 seconds; null for 30.</param>
public sealed class BlobPublicationStore(BlobContainerClient container, TimeProvider time, TimeSpan? leaseDuration = null) : IPublicationStore
{
    /// <summary>The container's name in a deployed account.</summary>
    public const string ContainerName = "publications";

    // A request carries at most this much, so that a slow line finishes it well before the network timeout.
    private static readonly StorageTransferOptions ChunkedTransfer = new()
    {
        InitialTransferSize = 4 * 1024 * 1024,
        MaximumTransferSize = 4 * 1024 * 1024,
        MaximumConcurrency = 4,
    };

    private readonly TimeSpan leaseDuration = leaseDuration ?? TimeSpan.FromSeconds(30);
    private readonly ResourceInitializer containerInitializer = new(token => container.CreateIfNotExistsAsync(cancellationToken: token));

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken)
    {
        PublicationPath.ThrowIfInvalid(path);
        if (await UploadAsync(path, content, CreateImmutableHeaders(headers), new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken) is null)
        {
            throw new ConflictException($"A file stands at '{path}' already.");
        }
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            if (!PublicationPath.IsValid(path))
            {
                return null;
            }

            try
            {
                BlobDownloadResult read = await container.GetBlobClient(path).DownloadContentAsync(cancellationToken);
                return read.Content.ToArray();
            }
            catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            BlobDownloadOptions options = new()
            {
                Conditions = knownETag is null ? null : new BlobRequestConditions { IfNoneMatch = new ETag(knownETag) },
            };
            try
            {
                var response = await container.GetBlobClient(PublicationPath.Current).DownloadContentAsync(options, cancellationToken);
                return response.GetRawResponse().Status == 304
                    ? new PublicationPointer(ReadOnlyMemory<byte>.Empty, knownETag!)
                    : new PublicationPointer(response.Value.Content.ToMemory(), response.Value.Details.ETag.ToString("H"));
            }
            catch (RequestFailedException e) when (e.Status == 304)
            {
                return new PublicationPointer(ReadOnlyMemory<byte>.Empty, knownETag!);
            }
            catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) => UploadAsync(
        PublicationPath.Current,
        content,
        new BlobHttpHeaders { ContentType = "application/json", CacheControl = "no-cache" },
        ifMatch is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(ifMatch) },
        cancellationToken);

    // RFC 8246: no cache needs to ask again for what never changes.
    private static BlobHttpHeaders CreateImmutableHeaders(FileHeaders headers) => new()
    {
        ContentType = headers.MediaType,
        ContentEncoding = headers.ContentEncoding,
        ContentDisposition = headers.ContentDisposition,
        CacheControl = "public, max-age=31536000, immutable",
    };

    /// <returns>The blob's new ETag; null where the conditions do not hold.</returns>
    private Task<string?> UploadAsync(
        string name, ReadOnlyMemory<byte> content, BlobHttpHeaders headers, BlobRequestConditions conditions, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            BlobUploadOptions options = new()
            {
                Conditions = conditions,
                HttpHeaders = headers,
                TransferOptions = ChunkedTransfer,
                // The service refuses bytes that changed on the way.
                TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
            };
            try
            {
                BlobContentInfo written = await container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken);
                return written.ETag.ToString("H");
            }
            catch (RequestFailedException e) when (e.Status == 412 || (e.Status == 409 && e.ErrorCode == BlobErrorCode.BlobAlreadyExists))
            {
                // Somebody else was first: an answer, and the caller's to judge.
                return null;
            }
        },
        cancellationToken);

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = await RunAsync(
            async () =>
            {
                List<StoredFile> found = [];
                await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
                {
                    if (PublicationPath.IsValid(blob.Name))
                    {
                        found.Add(new StoredFile(blob.Name, blob.Properties.ContentLength ?? 0, blob.Properties.LastModified ?? default));
                    }
                }

                found.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
                return found;
            },
            cancellationToken);
        foreach (var file in files)
        {
            yield return file;
        }
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => RunAsync(
        async () => PublicationPath.IsValid(path)
            && await container.GetBlobClient(path).DeleteIfExistsAsync(cancellationToken: cancellationToken),
        cancellationToken);

    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => RunAsync<RefreshLease?>(
        async () =>
        {
            var blob = container.GetBlobClient(PublicationPath.Lock);
            var lease = blob.GetBlobLeaseClient();
            try
            {
                try
                {
                    await lease.AcquireAsync(leaseDuration, cancellationToken: cancellationToken);
                }
                catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
                {
                    _ = await UploadAsync(
                        PublicationPath.Lock, ReadOnlyMemory<byte>.Empty, new BlobHttpHeaders { ContentType = "text/plain" }, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);
                    await lease.AcquireAsync(leaseDuration, cancellationToken: cancellationToken);
                }
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // Somebody holds it: that is what a lease is for.
                return null;
            }

            return new RefreshLease(leaseDuration / 3, time, token => RenewAsync(lease, token), () => ReleaseAsync(lease));
        },
        cancellationToken);

    /// <returns>False where somebody else has it by now.</returns>
    private static Task<bool> RenewAsync(BlobLeaseClient lease, CancellationToken cancellationToken) => AzureCall.RunAsync(
        async () =>
        {
            try
            {
                await lease.RenewAsync(cancellationToken: cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                return false;
            }
        },
        cancellationToken);

    /// <returns>False where it was lost already.</returns>
    private static Task<bool> ReleaseAsync(BlobLeaseClient lease) => AzureCall.RunAsync(
        async () =>
        {
            try
            {
                await lease.ReleaseAsync();
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                return false;
            }
        },
        CancellationToken.None);

    private Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken) => AzureCall.RunAsync(
        async () =>
        {
            await containerInitializer.EnsureCreatedAsync(cancellationToken);
            return await operation();
        },
        cancellationToken);
}
