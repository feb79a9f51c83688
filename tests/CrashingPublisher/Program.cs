using System.Globalization;
using CrashingPublisher;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;

// Refreshes once, as a host does, and kills itself after its n-th write to either store (n = 0: before the first). With an
// import file (CSV), imports it first. Exits with 0 if it is not killed.
//
//   CrashingPublisher <n> sqlite <database file> [import <file>]
//   CrashingPublisher <n> azure <connection string> <table> <container> [import <file>]
var (realRegister, realPublications, file) = Open(args[1..]);
using CrashInjector killer = new(int.Parse(args[0], CultureInfo.InvariantCulture));
CrashingRegisterStore register = new(realRegister, killer);
CrashingPublicationStore publications = new(realPublications, killer);
ImportStore imports = new(publications, TimeProvider.System);
PendingImportProcessor pending = new(register, imports, TimeProvider.System, NullLogger<PendingImportProcessor>.Instance);
using CurrentPublication current = new(new PublicationReader(publications), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
using Publisher publisher = new(
    register, publications, current, SeedData.Reference, [new MinimalFormat()], TimeProvider.System, NullLogger<Publisher>.Instance, [pending]);
RegisterRefresh refresh = new(register, publications, current, publisher, TimeProvider.System, seedUnusedRegister: false);
await using BackgroundPublisher prompt = new(refresh, TimeProvider.System, NullLogger<BackgroundPublisher>.Instance);
if (file is not null)
{
    Importer importer = new(register, imports, new EditValidator(SeedData.Reference), new EditingOptions(0, 0, MaxRemovedPercent: 100), prompt, TimeProvider.System);
    var answer = await importer.AcceptAsync(new ImportRequest(await File.ReadAllBytesAsync(file), IsJson: false, ImportMode.Merge), "tester", CancellationToken.None);
    if (answer.Status != ImportStatus.Accepted)
    {
        await Console.Error.WriteLineAsync($"{answer.Status}: {string.Join(' ', answer.Report.Problems.Select(problem => problem.Message))}");
        return 2;
    }
}

var outcome = await publisher.RefreshAsync(CancellationToken.None);
Console.WriteLine(outcome.Result);
return outcome.Result == RefreshResult.Published ? 0 : 1;

static (IRegisterStore Register, IPublicationStore Publications, string? File) Open(string[] arguments)
{
    var (store, file) = arguments is [.. var before, "import", var last] ? (before, last) : (arguments, null);
    switch (store)
    {
        case ["sqlite", var database]:
            return (new SqliteRegisterStore(database), new SqlitePublicationStore(database, TimeProvider.System), file);
        case ["azure", var connection, var table, var container]:
            var clients = AzureStorageClients.FromConnectionString(connection);
            return (
                new TableRegisterStore(clients.Tables.GetTableClient(table)),
                new BlobPublicationStore(clients.Blobs.GetBlobContainerClient(container), TimeProvider.System),
                file);
        default:
            throw new ArgumentException("The store must be: sqlite <database file>, or: azure <connection string> <table> <container>.");
    }
}
