using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// The clients of one storage account. They fail after three attempts of five seconds each: a refresh follows in a minute, and
/// for readers the last publication is better than a long wait.
/// </summary>
public sealed record AzureStorageClients(TableServiceClient Tables, BlobServiceClient Blobs)
{
    private static readonly TimeSpan DefaultNetworkTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Creates clients from a connection string with table and blob endpoints, such as Azurite's.</summary>
    /// <param name="networkTimeout">The time limit of an attempt; null for five seconds.</param>
    /// <param name="configure">Changes the options of both clients, such as their transport; null for no change.</param>
    /// <exception cref="ArgumentException">The string is not valid; the message does not repeat it, because it contains a key.</exception>
    public static AzureStorageClients FromConnectionString(
        string connectionString, TimeSpan? networkTimeout = null, Action<ClientOptions>? configure = null)
    {
        var tableOptions = ConfigureRetries(new TableClientOptions(), networkTimeout ?? DefaultNetworkTimeout);
        var blobOptions = ConfigureRetries(new BlobClientOptions(), networkTimeout ?? DefaultNetworkTimeout);
        configure?.Invoke(tableOptions);
        configure?.Invoke(blobOptions);
        try
        {
            return new AzureStorageClients(new TableServiceClient(connectionString, tableOptions), new BlobServiceClient(connectionString, blobOptions));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ArgumentException("A storage connection string must be AccountName=…;AccountKey=…; with its endpoints, or UseDevelopmentStorage=true.");
        }
    }

    /// <summary>Creates clients from the endpoints of an account, such as <c>https://account.table.core.windows.net</c>.</summary>
    /// <param name="credential">Null for the identity of the machine or the developer (DefaultAzureCredential).</param>
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
