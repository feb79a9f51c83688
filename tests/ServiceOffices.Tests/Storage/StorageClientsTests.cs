using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;

namespace ServiceOffices.Tests.Storage;

public sealed class StorageClientsTests
{
    [Fact]
    public void FromAccount_Endpoints_DoesNotConnect()
    {
        var clients = AzureStorageClients.FromAccount(new Uri("https://example.table.core.windows.net"), new Uri("https://example.blob.core.windows.net"));

        Assert.Equal("example", clients.Tables.AccountName);
        Assert.Equal("example", clients.Blobs.AccountName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a connection string")]
    [InlineData("AccountName=a;AccountKey=!secret!;TableEndpoint=http://a;BlobEndpoint=http://a")]
    public void FromConnectionString_Malformed_ThrowsWithoutExposingIt(string connectionString)
    {
        var exception = Assert.Throws<ArgumentException>(() => AzureStorageClients.FromConnectionString(connectionString));

        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NoListener_FailsWithinSeconds()
    {
        // Bound but not listening: the system rejects every connection, and no other process can take the port.
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://{taken.LocalEndPoint}/devstoreaccount1";
        var clients = AzureStorageClients.FromConnectionString(
            $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;BlobEndpoint={address};TableEndpoint={address};");
        var stopwatch = Stopwatch.StartNew();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => new TableRegisterStore(clients.Tables.GetTableClient("register"))
            .ReadAllAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => new BlobPublicationStore(clients.Blobs.GetBlobContainerClient("publications"), TimeProvider.System)
            .ReadPointerAsync(null, TestContext.Current.CancellationToken));

        Assert.InRange(stopwatch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }
}
