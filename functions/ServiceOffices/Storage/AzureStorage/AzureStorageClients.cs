using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// The clients of one storage account. They give up after three tries of five seconds each: a refresh comes again in a
/// minute, and a reader is better served with the last publication than with a long wait.
/// </summary>
public sealed record AzureStorageClients(TableServiceClient Tables, BlobServiceClient Blobs)
{
    private static readonly TimeSpan DefaultNetworkTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A connection string with table and blob endpoints, such as Azurite's.</summary>
    /// <param name="networkTimeout">How long a try may take; null for five seconds.</param>
    /// <exception cref="ArgumentException">It is not one; the message does not repeat it, for it holds a key.</exception>
    public static AzureStorageClients FromConnectionString(string connectionString, TimeSpan? networkTimeout = null)
    {
        try
        {
            return new AzureStorageClients(
                new TableServiceClient(connectionString, ConfigureRetries(new TableClientOptions(), networkTimeout ?? DefaultNetworkTimeout)),
                new BlobServiceClient(connectionString, ConfigureRetries(new BlobClientOptions(), networkTimeout ?? DefaultNetworkTimeout)));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ArgumentException("A storage connection string must be AccountName=…;AccountKey=…; with its endpoints, or UseDevelopmentStorage=true.");
        }
    }

    /// <summary>The endpoints of an account, such as <c>https://account.table.core.windows.net</c>, and who we are.</summary>
    /// <param name="credential">Null for the machine's own identity, or the developer's (DefaultAzureCredential).</param>
    public static AzureStorageClients FromAccount(Uri tableEndpoint, Uri blobEndpoint, TokenCredential? credential = null)
    {
        credential ??= new DefaultAzureCredential();
        return new AzureStorageClients(
            new TableServiceClient(tableEndpoint, credential, ConfigureRetries(new TableClientOptions(), DefaultNetworkTimeout)),
            new BlobServiceClient(blobEndpoint, credential, ConfigureRetries(new BlobClientOptions(), DefaultNetworkTimeout)));
    }

    private static T ConfigureRetries<T>(T options, TimeSpan networkTimeout)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = networkTimeout;
        return options;
    }
}
