using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.FaultRuns.Kills;

/// <summary>The stores in which publishers are killed.</summary>
public abstract class KillStores
{
    /// <summary>Gets the arguments that select the stores in the other process; see tests/CrashingPublisher/Program.cs.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    public abstract IRegisterStore OpenRegister();

    public abstract IPublicationStore OpenPublications(TimeProvider time);

    /// <summary>Ends the lease of a killed process.</summary>
    /// <returns>A clock after its expiry.</returns>
    public abstract Task<TimeProvider> EndLeaseAsync();
}

/// <summary>An embedded database.</summary>
public sealed class SqliteKillStores(string database) : KillStores
{
    public override IReadOnlyList<string> Arguments => ["sqlite", database];

    public override IRegisterStore OpenRegister() => new SqliteRegisterStore(database);

    public override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(database, time);

    public override Task<TimeProvider> EndLeaseAsync() =>
        Task.FromResult<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow + SqlitePublicationStore.LeaseDuration));
}

/// <summary>A table and a container on Azurite.</summary>
public sealed class AzuriteKillStores : KillStores
{
    private readonly string connectionString;
    private readonly TableClient table;
    private readonly BlobContainerClient container;

    public AzuriteKillStores(Azurite azurite)
    {
        var clients = azurite.Clients;
        connectionString = azurite.ConnectionString;
        table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    public override IReadOnlyList<string> Arguments => ["azure", connectionString, table.Name, container.Name];

    public override IRegisterStore OpenRegister() => new TableRegisterStore(table);

    public override IPublicationStore OpenPublications(TimeProvider time) => new BlobPublicationStore(container, time);

    // Leases follow the clock of the service and last at least 15 seconds, so the lease is ended explicitly.
    public override async Task<TimeProvider> EndLeaseAsync()
    {
        await container.GetBlobClient("lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        return TimeProvider.System;
    }
}
