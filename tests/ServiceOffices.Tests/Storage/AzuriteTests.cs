using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

public sealed class AzuriteTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Endpoints_Started_ListenOnLoopback()
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);

        Assert.Equal(IPAddress.Loopback, IPAddress.Parse(azurite.BlobEndpoint.Host));
        Assert.Equal(IPAddress.Loopback, IPAddress.Parse(azurite.TableEndpoint.Host));
        Assert.NotEqual(azurite.BlobEndpoint.Port, azurite.TableEndpoint.Port);
    }

    [Fact]
    public async Task Blob_Uploaded_ReadsBack()
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        BlobContainerClient container = new(azurite.ConnectionString, "azurite-" + Guid.NewGuid());
        await container.CreateAsync(cancellationToken: Cancel);
        BlobClient blob = container.GetBlobClient("orter/åäö.txt");

        await blob.UploadAsync(BinaryData.FromString("Gällivare"), Cancel);

        BlobDownloadResult read = await blob.DownloadContentAsync(Cancel);
        Assert.Equal("Gällivare", read.Content.ToString());
    }

    [Fact]
    public async Task Blob_ReplacedWithStaleETag_Returns412()
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        BlobContainerClient container = new(azurite.ConnectionString, "azurite-" + Guid.NewGuid());
        await container.CreateAsync(cancellationToken: Cancel);
        BlobClient blob = container.GetBlobClient("current");
        BlobContentInfo first = await blob.UploadAsync(BinaryData.FromString("1"), Cancel);
        await blob.UploadAsync(BinaryData.FromString("2"), overwrite: true, Cancel);

        BlobUploadOptions onlyOverFirst = new() { Conditions = new BlobRequestConditions { IfMatch = first.ETag } };
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => blob.UploadAsync(BinaryData.FromString("3"), onlyOverFirst, Cancel));

        Assert.Equal(412, exception.Status);
    }

    [Fact]
    public async Task TableEntity_Added_ReadsBack()
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        TableClient table = new(azurite.ConnectionString, "azurite" + Guid.NewGuid().ToString("N"));
        await table.CreateAsync(Cancel);
        TableEntity row = new("gallivare", "office") { ["name"] = "Gällivare", ["population"] = 17_529 };

        await table.AddEntityAsync(row, Cancel);

        TableEntity read = await table.GetEntityAsync<TableEntity>("gallivare", "office", cancellationToken: Cancel);
        Assert.Equal("Gällivare", read.GetString("name"));
        Assert.Equal(17_529, read.GetInt32("population"));
    }
}
