using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CrashingPublisher;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.FaultRuns.Transport;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;

namespace ServiceOffices.FaultRuns.Histories;

/// <summary>The services of one instance on Azurite, whose requests fail as a plan requires, and clean stores to observe the result.</summary>
internal sealed class FaultyPlatform : IAsyncDisposable
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(60);

    private readonly TableClient table;
    private readonly BlobContainerClient container;
    private readonly BlobContainerClient importContainer;
    private readonly CurrentPublication current;
    private readonly BackgroundPublisher background;

    public FaultyPlatform(string connectionString, FaultPlan plan, HttpPipelineTransport transport)
    {
        var name = $"{Guid.NewGuid():N}";
        var clean = AzureStorageClients.FromConnectionString(connectionString, NetworkTimeout, options => options.Transport = transport);
        var faulty = AzureStorageClients.FromConnectionString(connectionString, NetworkTimeout, options =>
        {
            options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
            options.Transport = new FaultInjectingTransport(plan, transport);
        });
        table = clean.Tables.GetTableClient($"register{name}");
        container = clean.Blobs.GetBlobContainerClient($"publications-{name}");
        importContainer = clean.Blobs.GetBlobContainerClient($"imports-{name}");
        CleanRegister = new TableRegisterStore(table);
        CleanPublications = new BlobPublicationStore(container, TimeProvider.System);
        CleanImports = new ImportStore(new BlobFileStore(importContainer), TimeProvider.System);

        Register = new TableRegisterStore(faulty.Tables.GetTableClient(table.Name));
        BlobPublicationStore publications = new(faulty.Blobs.GetBlobContainerClient(container.Name), TimeProvider.System);
        ImportStore imports = new(new BlobFileStore(faulty.Blobs.GetBlobContainerClient(importContainer.Name)), TimeProvider.System);
        current = new CurrentPublication(new PublicationReader(publications), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
        PendingImportProcessor pending = new(Register, imports, TimeProvider.System, NullLogger<PendingImportProcessor>.Instance);
        Publisher = CreatePublisher(Register, publications, current, pending);
        RegisterRefresh refresh = new(Register, publications, current, Publisher, TimeProvider.System, seedUnusedRegister: false);

        // Its clock stands still: the history decides when to publish.
        background = new BackgroundPublisher(refresh, new FakeTimeProvider(), NullLogger<BackgroundPublisher>.Instance);
        EditValidator rules = new(SeedData.Reference);
        EditingOptions options = new(MaxRemovedPercent: 100);
        Editor = new RegisterEditor(Register, imports, rules, background, options);
        Importer = new Importer(Register, imports, rules, options, background, TimeProvider.System);
    }

    public TableRegisterStore Register { get; }

    public RegisterEditor Editor { get; }

    public Importer Importer { get; }

    public Publisher Publisher { get; }

    public TableRegisterStore CleanRegister { get; }

    public BlobPublicationStore CleanPublications { get; }

    public ImportStore CleanImports { get; }

    private static Publisher CreatePublisher(IRegisterStore register, IPublicationStore publications, CurrentPublication current, params IRefreshStep[] steps) => new(
        register, publications, current, SeedData.Reference, [new MinimalFormat()], TimeProvider.System, NullLogger<Publisher>.Instance, steps);

    /// <summary>Refreshes as another instance without faults does.</summary>
    public async Task<RefreshOutcome> RefreshCleanlyAsync(CancellationToken cancellationToken)
    {
        using CurrentPublication other = new(new PublicationReader(CleanPublications), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
        PendingImportProcessor pending = new(CleanRegister, CleanImports, TimeProvider.System, NullLogger<PendingImportProcessor>.Instance);
        using var publisher = CreatePublisher(CleanRegister, CleanPublications, other, pending);
        return await publisher.RefreshAsync(cancellationToken);
    }

    /// <summary>Ends the lease of any holder, as its expiry does.</summary>
    /// <returns>True if there was one.</returns>
    public async Task<bool> BreakLeaseAsync(CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient("lock");
        try
        {
            if ((await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.LeaseState != LeaseState.Leased)
            {
                return false;
            }

            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409)
        {
            // No refresh has created the blob yet, or the holder has released the lease in the meantime.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await background.DisposeAsync();
        Publisher.Dispose();
        current.Dispose();
        await table.DeleteAsync(CancellationToken.None);
        await container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        await importContainer.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }
}
