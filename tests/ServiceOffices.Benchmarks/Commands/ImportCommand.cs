using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Benchmarks.Processes;
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

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Imports offices into empty registers of increasing size and measures the time until they are accepted, applied and published,
/// the number of storage requests and the memory.
/// </summary>
internal static class ImportCommand
{
    private const string Embedded = "sqlite";

    /// <param name="arguments">A connection string, for example of Azurite, or <c>sqlite</c>, then the sizes.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var connection, _, ..] || arguments[1..].Any(size => !int.TryParse(size, CultureInfo.InvariantCulture, out var offices) || offices < 1))
        {
            await Console.Error.WriteLineAsync("imports CONNECTION-STRING|sqlite OFFICES…, such as: imports UseDevelopmentStorage=true 1000 10000 100000");
            return 2;
        }

        using RequestCounter requests = new();
        Console.WriteLine("offices | document MB | accepted s | applied s | requests to apply | published s | ms an office | of it own processor ms | peak MB");
        foreach (var size in arguments[1..])
        {
            var offices = int.Parse(size, CultureInfo.InvariantCulture);
            await (connection == Embedded ? OnSqliteAsync(offices, requests) : OnAzureAsync(connection, offices, requests));
        }

        return 0;
    }

    private static async Task OnAzureAsync(string connection, int offices, RequestCounter requests)
    {
        var clients = AzureStorageClients.FromConnectionString(connection);
        var table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        var container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
        try
        {
            await ImportAsync(new TableRegisterStore(table), new BlobPublicationStore(container, TimeProvider.System), offices, requests);
        }
        finally
        {
            await table.DeleteAsync();
            await container.DeleteIfExistsAsync();
        }
    }

    private static async Task OnSqliteAsync(int offices, RequestCounter requests)
    {
        var folder = Directory.CreateTempSubdirectory("imports");
        try
        {
            var file = Path.Combine(folder.FullName, "register.db");
            await ImportAsync(new SqliteRegisterStore(file), new SqlitePublicationStore(file, TimeProvider.System), offices, requests);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ImportAsync(IRegisterStore register, IPublicationStore publications, int offices, RequestCounter requests)
    {
        ImportStore imports = new(publications, TimeProvider.System);
        PendingImportProcessor pending = new(register, imports, TimeProvider.System, NullLogger<PendingImportProcessor>.Instance);
        using CurrentPublication current = new(new PublicationReader(publications), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
        using Publisher publisher = new(
            register, publications, current, SeedData.Reference, [new CsvFormat()], TimeProvider.System, NullLogger<Publisher>.Instance);
        RegisterRefresh idle = new(register, publications, current, publisher, TimeProvider.System, seedUnusedRegister: false);
        await using BackgroundPublisher prompt = new(idle, new StoppedClock(), NullLogger<BackgroundPublisher>.Instance);
        Importer importer = new(
            register, imports, new EditValidator(SeedData.Reference), new EditingOptions(0, 0, MaxRemovedPercent: 100), prompt, TimeProvider.System);
        var document = Document(offices);
        using var self = Process.GetCurrentProcess();
        var stopwatch = Stopwatch.StartNew();
        var response = await importer.AcceptAsync(new ImportRequest(document, IsJson: false, ImportMode.Merge), "benchmark", CancellationToken.None);
        var accepted = stopwatch.Elapsed;
        if (response.Status != ImportStatus.Accepted)
        {
            throw new InvalidOperationException($"{response.Status}: {string.Join(' ', response.Report.Problems.Select(problem => problem.Message))}");
        }

        var (before, processor) = (requests.Count, self.TotalProcessorTime);
        stopwatch.Restart();
        await using (var lease = await publications.TryAcquireLeaseAsync(CancellationToken.None))
        {
            await pending.RunAsync(lease!, CancellationToken.None);
        }

        var applied = stopwatch.Elapsed;
        self.Refresh();
        var (asked, own) = (requests.Count - before, self.TotalProcessorTime - processor);
        stopwatch.Restart();
        await publisher.RefreshAsync(CancellationToken.None);
        self.Refresh();
        Console.WriteLine(FormattableString.Invariant(
            $"{offices} | {document.Length / 1e6:0.0} | {accepted.TotalSeconds:0.0} | {applied.TotalSeconds:0.0} | {asked} | {stopwatch.Elapsed.TotalSeconds:0.0} | {applied.TotalMilliseconds / offices:0.00} | {own.TotalMilliseconds / offices:0.00} | {self.PeakWorkingSet64 / 1e6:0}"));
    }

    private static byte[] Document(int offices)
    {
        var municipalities = SeedData.Reference.Municipalities;
        var csv = new StringBuilder("id,name,municipalityCode,locality,latitude,longitude,locationPrecision,services,sources,note\r\n");
        for (var office = 0; office < offices; office++)
        {
            var place = municipalities[office % municipalities.Count];
            csv.Append(CultureInfo.InvariantCulture, $"kontor-{office:D6},Servicekontor {place.Name} {office},{place.Code},{place.Name},{place.SeatLatitude},{place.SeatLongitude},municipality,")
                .Append("\"[{\"\"agency\"\":\"\"skatteverket\"\",\"\"levels\"\":[\"\"general\"\",\"\"inDepth\"\"]}]\",")
                .Append(CultureInfo.InvariantCulture, $"\"[\"\"https://example.se/{office}\"\"]\",Syntetisk rad {office}\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>Does not publish in the background during the measurement.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
