using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Moq;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

/// <summary>Tests Azure faults that an emulator cannot produce, one at a time, with mocks of the SDK clients.</summary>
public sealed class StorageFaultTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. FaultsByName.Keys];

    private static readonly Dictionary<string, (Func<Exception> Fault, string Message)> FaultsByName = new()
    {
        ["busy"] = (() => new RequestFailedException(503, "secretaccount.table.core.windows.net", "ServerBusy", null), "status 503"),
        ["failed"] = (() => new RequestFailedException(500, "x", "InternalError", null), "status 500"),
        ["throttled"] = (() => new RequestFailedException(429, "x", "TooManyRequests", null), "status 429"),
        ["forbidden"] = (() => new RequestFailedException(403, "x", "AuthorizationPermissionMismatch", null), "status 403"),
        ["unauthorized"] = (() => new RequestFailedException(401, "x", "NoAuthenticationInformation", null), "status 401"),
        ["no connection"] = (() => new RequestFailedException("refused (secretaccount.table.core.windows.net:443)"), "no connection"),
        ["network timeout"] = (() => new TaskCanceledException("exceeded the configured timeout of 0:00:05"), "no answer in time"),
        ["retries exhausted"] = (() => new AggregateException(new RequestFailedException("a"), new TaskCanceledException("b")), "no answer in time"),
        ["no identity"] = (() => new CredentialUnavailableException("DefaultAzureCredential failed"), "authentication failed"),
        ["broken body"] = (() => new IOException("the response ended prematurely"), "no connection"),
        ["table gone"] = (() => new RequestFailedException(404, "x", "TableNotFound", null), "status 404"),
        ["container gone"] = (() => new RequestFailedException(404, "x", "ContainerNotFound", null), "status 404"),
        ["being deleted"] = (() => new RequestFailedException(409, "x", "TableBeingDeleted", null), "status 409"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task RegisterRead_Fault_ThrowsUnavailableWithoutAccountName(string name)
    {
        var (fault, message) = FaultsByName[name];
        Mock<TableClient> table = new();
        table.Setup(client => client.QueryAsync<TableEntity>(It.IsAny<string>(), null, null, It.IsAny<CancellationToken>()))
            .Returns(() => new BrokenPages<TableEntity>(fault()));
        TableRegisterStore store = new(table.Object);

        var one = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAsync("o", Now));
        var all = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAllAsync(Now));

        Assert.Equal($"The storage does not answer: {message}.", one.Message);
        Assert.Equal($"The storage does not answer: {message}.", all.Message);
        Assert.Equal(fault().GetType(), one.InnerException!.GetType());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task RegisterWrite_Fault_IsUnavailable(string name)
    {
        var store = CreateRegisterWithFailingSubmit(FaultsByName[name].Fault());

        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.WriteAsync(RegisterSamples.CreateOffice("o"), null, Now));

        // The service does not apply a transaction that it has rejected; without an answer, or with an error of its own, it may.
        Assert.Equal(name is "busy" or "failed" or "throttled" or "no connection" or "network timeout" or "retries exhausted" or "broken body", unavailable.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData(412, "UpdateConditionNotSatisfied")]
    [InlineData(409, "EntityAlreadyExists")]
    [InlineData(404, "ResourceNotFound")]
    public async Task RegisterWrite_ConcurrentWrite_Conflicts(int status, string code)
    {
        RequestFailedException refusal = new(status, "x", code, null);
        var store = CreateRegisterWithFailingSubmit(new TableTransactionFailedException(refusal));

        var conflict = await Assert.ThrowsAsync<ConflictException>(() => store.WriteAsync(RegisterSamples.CreateOffice("o"), null, Now));

        Assert.Equal("Office 'o' was changed by another request.", conflict.Message);
    }

    private static TableRegisterStore CreateRegisterWithFailingSubmit(Exception fault)
    {
        Mock<TableClient> table = new();
        table.Setup(client => client.QueryAsync<TableEntity>(It.IsAny<string>(), null, null, It.IsAny<CancellationToken>()))
            .Returns(AsyncPageable<TableEntity>.FromPages([]));
        table.Setup(client => client.SubmitTransactionAsync(
                It.Is<IEnumerable<TableTransactionAction>>(actions => actions.First().Entity.PartitionKey == "o"), It.IsAny<CancellationToken>()))
            .ThrowsAsync(fault);
        table.Setup(client => client.GetEntityIfExistsAsync<TableEntity>(It.IsAny<string>(), It.IsAny<string>(), null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Mock.Of<NullableResponse<TableEntity>>());
        return new TableRegisterStore(table.Object);
    }

    [Fact]
    public async Task RegisterRead_CreateForbiddenButTableExists_Succeeds()
    {
        Mock<TableClient> table = new();
        table.Setup(client => client.CreateIfNotExistsAsync(It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RequestFailedException(403, "x", "AuthorizationPermissionMismatch", null));
        table.Setup(client => client.QueryAsync<TableEntity>(It.IsAny<string>(), null, null, It.IsAny<CancellationToken>()))
            .Returns(AsyncPageable<TableEntity>.FromPages([]));

        Assert.Null(await new TableRegisterStore(table.Object).ReadAsync("o", Now));
    }

    [Fact]
    public async Task RegisterRead_UnavailableAtFirstUse_RetriesTableCreation()
    {
        Mock<TableClient> table = new();
        table.SetupSequence(client => client.CreateIfNotExistsAsync(It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RequestFailedException(503, "x", "ServerBusy", null))
            .ReturnsAsync(Mock.Of<Response<Azure.Data.Tables.Models.TableItem>>());
        table.Setup(client => client.QueryAsync<TableEntity>(It.IsAny<string>(), null, null, It.IsAny<CancellationToken>()))
            .Returns(AsyncPageable<TableEntity>.FromPages([]));
        TableRegisterStore store = new(table.Object);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAsync("o", Now));
        Assert.Null(await store.ReadAsync("o", Now));
        Assert.Null(await store.ReadAsync("o", Now));

        table.Verify(client => client.CreateIfNotExistsAsync(It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task RegisterRead_CallerCancels_ThrowsOperationCanceled()
    {
        using CancellationTokenSource caller = new();
        Mock<TableClient> table = new();
        table.Setup(client => client.CreateIfNotExistsAsync(It.IsAny<CancellationToken>()))
            .Returns(async (CancellationToken token) =>
            {
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return null!;
            });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TableRegisterStore(table.Object).ReadAsync("o", caller.Token));
    }

    [Fact]
    public async Task RegisterReadAll_WriteBetweenPages_RereadsOffice()
    {
        var inconsistent = Page("next", Row("o", "event-000001", "old", 1));
        var rest = Page(null, Row("o", "office", "new", 2));
        var complete = Page(null, Row("o", "event-000001", "new", 2), Row("o", "office", "new", 2));
        Mock<TableClient> table = new();
        table.Setup(client => client.QueryAsync<TableEntity>(It.IsAny<string>(), null, null, It.IsAny<CancellationToken>()))
            .Returns((string filter, int? _, IEnumerable<string> _, CancellationToken _) => AsyncPageable<TableEntity>.FromPages(
                filter.StartsWith("PartitionKey eq 'o'", StringComparison.Ordinal) ? [complete]
                : filter.StartsWith("PartitionKey ge 'n' and PartitionKey lt 's'", StringComparison.Ordinal) ? [inconsistent, rest]
                : []));

        var content = await new TableRegisterStore(table.Object).ReadAllAsync(Now);

        var entry = Assert.Single(content.Entries).Entry;
        Assert.Equal(("new", "new"), (entry.Office.Name, Assert.Single(entry.Events).Note));
    }

    private static TableEntity Row(string office, string key, string text, int version) => new(office, key)
    {
        ["name"] = text,
        ["locationPrecision"] = "none",
        ["kind"] = "opened",
        ["on"] = "2020-07-01",
        ["precision"] = "day",
        ["note"] = text,
        ETag = new ETag($"W/\"{version}\""),
    };

    private static Page<TableEntity> Page(string? continuation, params TableEntity[] rows) =>
        Page<TableEntity>.FromValues(rows, continuation, Mock.Of<Response>());

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Publications_Fault_IsUnavailable(string name)
    {
        var (fault, message) = FaultsByName[name];
        var store = CreatePublicationsWithFailingBlobs(fault());

        Task[] calls =
        [
            store.ReadAsync("a", Now), store.OpenReadAsync("a", 5, 10, Now), store.ReadPointerAsync("\"1\"", Now), store.DeleteAsync("a", Now),
            store.ListAsync("", Now).ToListAsync(Now).AsTask(),
        ];

        foreach (var call in calls)
        {
            var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => call);
            Assert.Equal($"The storage does not answer: {message}.", unavailable.Message);
        }
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(409, "ContainerBeingDeleted")]
    [InlineData(409, "AccountBeingCreated")]
    public async Task PublicationWrite_NonConflictFailure_IsUnavailable(int status, string code)
    {
        var store = CreatePublicationsWithFailingBlobs(new RequestFailedException(status, "x", code, null));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.WriteAsync("a", new byte[1], "text/plain", Now));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReplacePointerAsync(new byte[1], null, Now));
    }

    [Theory]
    [InlineData(412, "ConditionNotMet")]
    [InlineData(409, "BlobAlreadyExists")]
    public async Task PublicationWrite_ExistingPath_Conflicts(int status, string code)
    {
        var store = CreatePublicationsWithFailingBlobs(new RequestFailedException(status, "x", code, null));

        await Assert.ThrowsAsync<ConflictException>(() => store.WriteAsync("a", new byte[1], "text/plain", Now));
        Assert.Null(await store.ReplacePointerAsync(new byte[1], null, Now));
    }

    [Fact]
    public async Task ReadCurrent_NotModifiedException_IsHandled()
    {
        var store = CreatePublicationsWithFailingBlobs(new RequestFailedException(304, "x", "ConditionNotMet", null));

        var pointer = await store.ReadPointerAsync("\"1\"", Now);

        Assert.Equal("\"1\"", pointer!.ETag);
        Assert.True(pointer.Content.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task PublicationRead_FaultMidway_IsUnavailable(string name)
    {
        var (fault, message) = FaultsByName[name];
        var exception = fault();
        Mock<Stream> content = new();
        content.SetupSequence(stream => stream.ReadAsync(It.IsAny<Memory<byte>>(), It.IsAny<CancellationToken>())).ReturnsAsync(3).ThrowsAsync(exception);
        Mock<BlobClient> blob = new();
        blob.Setup(client => client.DownloadStreamingAsync(It.IsAny<BlobDownloadOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue(
                BlobsModelFactory.BlobDownloadStreamingResult(content.Object, BlobsModelFactory.BlobDownloadDetails(contentLength: 10)), Mock.Of<Response>()));
        Mock<BlobContainerClient> container = new();
        container.Setup(client => client.GetBlobClient(It.IsAny<string>())).Returns(blob.Object);

        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => new BlobFileStore(container.Object).ReadAsync("a", Now));

        Assert.Equal($"The storage does not answer: {message}.", unavailable.Message);
    }

    private static BlobPublicationStore CreatePublicationsWithFailingBlobs(Exception fault)
    {
        Mock<BlobClient> blob = new();
        blob.Setup(client => client.DownloadStreamingAsync(It.IsAny<BlobDownloadOptions>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        blob.Setup(client => client.DownloadContentAsync(It.IsAny<BlobDownloadOptions>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        blob.Setup(client => client.UploadAsync(It.IsAny<BinaryData>(), It.IsAny<BlobUploadOptions>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        blob.Setup(client => client.DeleteIfExistsAsync(It.IsAny<DeleteSnapshotsOption>(), null, It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        blob.Setup(client => client.GetPropertiesAsync(null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue(BlobsModelFactory.BlobProperties(metadata: new Dictionary<string, string>()), Mock.Of<Response>()));
        Mock<BlobContainerClient> container = new();
        container.Setup(client => client.GetBlobClient(It.IsAny<string>())).Returns(blob.Object);
        container.Setup(client => client.GetBlobsAsync(It.IsAny<GetBlobsOptions>(), It.IsAny<CancellationToken>()))
            .Returns(() => new BrokenPages<BlobItem>(fault));
        return new BlobPublicationStore(container.Object, TimeProvider.System);
    }

    /// <summary>A response that fails while it is read.</summary>
    private sealed class BrokenPages<T>(Exception fault) : AsyncPageable<T>
        where T : notnull
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
            AsyncEnumerable.Range(0, 1).Select(Page<T> (_) => throw fault);
    }
}
