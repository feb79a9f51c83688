using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Data;
using ServiceOffices.Editing;
using ServiceOffices.Exports;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;

namespace ServiceOffices.Benchmarks;

/// <summary>
/// Imports offices into empty registers of growing size: how long it takes until they are accepted, applied and published,
/// with how many requests to the storage and how much memory.
/// </summary>
internal static class ImportProgram
{
    /// <param name="arguments">A connection string, such as Azurite's, then the sizes.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var connection, _, ..] || arguments[1..].Any(size => !int.TryParse(size, CultureInfo.InvariantCulture, out var offices) || offices < 1))
        {
            await Console.Error.WriteLineAsync("imports CONNECTION-STRING OFFICES…, such as: imports UseDevelopmentStorage=true 1000 10000 100000");
            return 2;
        }

        using RequestCount requests = new();
        Console.WriteLine("offices | document MB | accepted s | applied s | requests to apply | published s | ms an office | peak MB");
        foreach (var size in arguments[1..])
        {
            await ImportAsync(connection, int.Parse(size, CultureInfo.InvariantCulture), requests);
        }

        return 0;
    }

    private static async Task ImportAsync(string connection, int offices, RequestCount requests)
    {
        var clients = StorageClients.FromConnectionString(connection);
        var table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        var container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
        TableRegisterStore register = new(table);
        BlobPublicationStore publications = new(container, TimeProvider.System);
        ImportStore imports = new(publications, TimeProvider.System);
        PendingImports pending = new(register, imports, TimeProvider.System, NullLogger<PendingImports>.Instance);
        using CurrentPublication current = new(new PublicationReader(publications), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
        using Publisher publisher = new(
            register, publications, current, StartingData.Reference, [new CsvFormat()], TimeProvider.System, NullLogger<Publisher>.Instance);
        RegisterRefresh idle = new(register, publications, current, publisher, TimeProvider.System, loadStartingRegister: false);
        await using PromptRefresh prompt = new(idle, new StoppedClock(), NullLogger<PromptRefresh>.Instance);
        Importer importer = new(
            register, imports, new EntryRules(StartingData.Reference), new EditingOptions(0, 0, MaxRemovedPercent: 100), prompt, TimeProvider.System);
        var document = Document(offices);
        try
        {
            var watch = Stopwatch.StartNew();
            var answer = await importer.AcceptAsync(new ImportRequest(document, IsJson: false, ImportMode.Merge), "benchmark", CancellationToken.None);
            var accepted = watch.Elapsed;
            if (answer.Status != ImportStatus.Accepted)
            {
                throw new InvalidOperationException($"{answer.Status}: {string.Join(' ', answer.Report.Problems.Select(problem => problem.Message))}");
            }

            watch.Restart();
            var before = requests.Count;
            await using (var lease = await publications.TryLeaseAsync(CancellationToken.None))
            {
                await pending.FinishAsync(lease!, CancellationToken.None);
            }

            var (applied, asked) = (watch.Elapsed, requests.Count - before);
            watch.Restart();
            await publisher.RefreshAsync(CancellationToken.None);
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(FormattableString.Invariant(
                $"{offices} | {document.Length / 1e6:0.0} | {accepted.TotalSeconds:0.0} | {applied.TotalSeconds:0.0} | {asked} | {watch.Elapsed.TotalSeconds:0.0} | {applied.TotalMilliseconds / offices:0.00} | {self.PeakWorkingSet64 / 1e6:0}"));
        }
        finally
        {
            await table.DeleteAsync();
            await container.DeleteIfExistsAsync();
        }
    }

    private static byte[] Document(int offices)
    {
        var municipalities = StartingData.Reference.Municipalities;
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

    /// <summary>Nothing is published in the background while the foreground is measured.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
