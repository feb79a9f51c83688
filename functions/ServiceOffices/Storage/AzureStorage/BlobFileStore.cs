using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>Files in Azure Blob storage, one blob each.</summary>
/// <param name="container">Created at the first use if it is missing.</param>
public class BlobFileStore(BlobContainerClient container) : IFileStore
{
    private const string OperationMetadata = "operation";

    // The largest request body: a slow connection sends it well within the network timeout.
    private static readonly StorageTransferOptions ChunkedTransfer = new()
    {
        InitialTransferSize = 4 * 1024 * 1024,
        MaximumTransferSize = 4 * 1024 * 1024,
        MaximumConcurrency = 4,
    };

    private readonly ResourceInitializer containerInitializer = new(token => container.CreateIfNotExistsAsync(cancellationToken: token));

    private protected BlobContainerClient Container => container;

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken)
    {
        PublicationPath.ThrowIfInvalid(path);
        if (await UploadAsync(path, content, CreateImmutableHeaders(headers), new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken) is null)
        {
            throw new ConflictException($"The path '{path}' already has a file.");
        }
    }

    // RFC 8246: a cache need not revalidate a file that never changes.
    private static BlobHttpHeaders CreateImmutableHeaders(FileHeaders headers) => new()
    {
        ContentType = headers.MediaType,
        ContentEncoding = headers.ContentEncoding,
        ContentDisposition = headers.ContentDisposition,
        CacheControl = "public, max-age=31536000, immutable",
    };

    /// <summary>
    /// Writes a blob with a random operation id in its metadata. If the response is lost, the SDK repeats the request, whose conditions
    /// then no longer hold; the operation id shows that this call wrote the blob.
    /// </summary>
    /// <returns>The blob's new ETag; null if the conditions did not hold.</returns>
    private protected Task<string?> UploadAsync(
        string name, ReadOnlyMemory<byte> content, BlobHttpHeaders headers, BlobRequestConditions conditions, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var operation = Guid.NewGuid().ToString("N");
            var blob = container.GetBlobClient(name);
            BlobUploadOptions options = new()
            {
                Conditions = conditions,
                Metadata = new Dictionary<string, string> { [OperationMetadata] = operation },
                HttpHeaders = headers,
                TransferOptions = ChunkedTransfer,
                // The service rejects bytes that were corrupted in transit.
                TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
            };
            try
            {
                BlobContentInfo written = await blob.UploadAsync(new BinaryData(content), options, cancellationToken);
                return written.ETag.ToString("H");
            }
            catch (RequestFailedException e) when (e.Status == 412 || (e.Status == 409 && e.ErrorCode == BlobErrorCode.BlobAlreadyExists))
            {
                // If another process wrote first, the caller decides what that means.
                return await FindWrittenAsync(blob, operation, cancellationToken);
            }
            catch (Exception e) when (AzureCall.IsStorageFault(e, cancellationToken))
            {
                return await FindWrittenAsync(blob, operation, cancellationToken) ?? throw AzureCall.CreateUnavailableException(e);
            }
        },
        cancellationToken);

    /// <returns>The ETag of the blob if this operation wrote its current content, or null.</returns>
    private static async Task<string?> FindWrittenAsync(BlobClient blob, string operation, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Metadata.TryGetValue(OperationMetadata, out var writer) && writer == operation ? properties.ETag.ToString("H") : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken) => RunAsync<Stream?>(
        async () =>
        {
            if (!PublicationPath.IsValid(path))
            {
                return null;
            }

            try
            {
                BlobDownloadOptions options = new() { Range = offset == 0 && length is null ? default : new HttpRange(offset, length) };
                BlobDownloadStreamingResult read = await container.GetBlobClient(path).DownloadStreamingAsync(options, cancellationToken);
                return new StoredFileStream(
                    read.Content,
                    read.Details.ContentLength,
                    (buffer, cancel) => AzureCall.RunAsync(() => read.Content.ReadAsync(buffer, cancel).AsTask(), cancel),
                    owner: read);
            }
            catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
            catch (RequestFailedException e) when (e.Status == 416)
            {
                // The file ends before the range begins (RFC 9110, 15.5.17).
                return Stream.Null;
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

    private protected Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken) => containerInitializer.RunAsync(operation, cancellationToken);
}
