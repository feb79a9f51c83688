using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>Publications in Azure Blob storage: one blob for each file; the pointer is the blob <c>current</c>, the lease is held on <c>lock</c>.</summary>
/// <param name="container">Created at the first use if it is missing; see <see cref="ContainerName"/>.</param>
/// <param name="leaseDuration">Time after which the lease of a crashed holder expires, 15 to 60 seconds; null for 30.</param>
public sealed class BlobPublicationStore(BlobContainerClient container, TimeProvider time, TimeSpan? leaseDuration = null)
    : BlobFileStore(container), IPublicationStore
{
    /// <summary>The container's name in a deployed account.</summary>
    public const string ContainerName = "publications";

    private readonly TimeSpan leaseDuration = leaseDuration ?? TimeSpan.FromSeconds(30);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            BlobDownloadOptions options = new()
            {
                Conditions = knownETag is null ? null : new BlobRequestConditions { IfNoneMatch = new ETag(knownETag) },
            };
            try
            {
                var response = await Container.GetBlobClient(PublicationPath.Current).DownloadContentAsync(options, cancellationToken);
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

    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => RunAsync<RefreshLease?>(
        async () =>
        {
            var blob = Container.GetBlobClient(PublicationPath.Lock);
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
                // Another process holds it.
                return null;
            }
            catch (Exception e) when (AzureCall.IsStorageFault(e, cancellationToken))
            {
                await ReleaseIfAcquiredAsync(lease);
                throw;
            }

            return new RefreshLease(leaseDuration / 3, time, token => RenewAsync(lease, token), () => ReleaseAsync(lease));
        },
        cancellationToken);

    /// <summary>Releases a lease that the service may have granted although its response was lost; otherwise, every refresh would wait for its expiry.</summary>
    private static async Task ReleaseIfAcquiredAsync(BlobLeaseClient lease)
    {
        try
        {
            await ReleaseAsync(lease);
        }
        catch (StorageUnavailableException)
        {
            // It expires by itself.
        }
    }

    /// <returns>False if the lease is lost.</returns>
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

    /// <returns>False if the lease was already lost.</returns>
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
}
