using System.Globalization;
using CrashingPublisher;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Data;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;

// Refreshes once, as a host would, and kills itself with its n-th write to the publication store (n = 0: before the first).
// Ends with 0 where it survives.
//
//   CrashingPublisher <n> sqlite <database file>
//   CrashingPublisher <n> azure <connection string> <table> <container>
var (register, publications) = Open(args[1..]);
using KillingStore killing = new(publications, int.Parse(args[0], CultureInfo.InvariantCulture));
using CurrentPublication current = new(new PublicationReader(killing), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
using Publisher publisher = new(
    register, killing, current, StartingData.Reference, [new FewFilesFormat()], TimeProvider.System, NullLogger<Publisher>.Instance);
var outcome = await publisher.RefreshAsync(CancellationToken.None);
Console.WriteLine(outcome.Result);
return outcome.Result == RefreshResult.Published ? 0 : 1;

static (IRegisterStore Register, IPublicationStore Publications) Open(string[] store)
{
    switch (store)
    {
        case ["sqlite", var file]:
            return (new SqliteRegisterStore(file), new SqlitePublicationStore(file, TimeProvider.System));
        case ["azure", var connection, var table, var container]:
            var clients = StorageClients.FromConnectionString(connection);
            return (
                new TableRegisterStore(clients.Tables.GetTableClient(table)),
                new BlobPublicationStore(clients.Blobs.GetBlobContainerClient(container), TimeProvider.System));
        default:
            throw new ArgumentException("The store must be: sqlite <database file>, or: azure <connection string> <table> <container>.");
    }
}
