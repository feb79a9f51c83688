using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Schema;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Prints the tables of docs/scale.md: <c>capacity fleet [INSTANCES…]</c> runs that number of instances for ten simulated
/// minutes against one counting store; <c>capacity register [OFFICES…]</c> publishes, loads and queries registers of those sizes.
/// Times are processor times, which other programs on the machine do not affect.
/// </summary>
internal static class CapacityCommand
{
    private const int Seconds = 600;
    private const int Rounds = 200;
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly int[] PublishedAt = [200, 400];
    private static readonly Uri Root = new("http://localhost/odata/v1/");

    private static readonly (string Path, string Query)[] Queries =
    [
        ("offices", "$filter=status eq 'open' and countyCode eq '14'&$orderby=name&$top=50"),
        ("offices", "$apply=groupby((countyCode),aggregate($count as offices))"),
        ("offices", "$filter=contains(name,'nybro')&$count=true&$top=0"),
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var sizes = arguments.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        if (arguments is ["fleet", ..])
        {
            Console.WriteLine("| instances | reads of `current` a second | files read for a new revision | bytes read for it | all instances serve it after, s |\n|---|---|---|---|---|");
            foreach (var instances in sizes is [] ? [1, 40, 1000] : sizes)
            {
                await FleetAsync(instances);
            }
        }
        else
        {
            Console.WriteLine("| offices | compose, ms | write, ms | files | MB written | load, ms | MiB in memory | page, ms | group, ms | search, ms |\n|---|---|---|---|---|---|---|---|---|---|");
            foreach (var offices in sizes is [] ? [140, 10_000, 100_000] : sizes)
            {
                await RegisterAsync(offices);
            }
        }

        return 0;
    }

    private static async Task FleetAsync(int instances)
    {
        var time = new SteppedTimeProvider(Start);
        var harness = new ScaleHarness(ExportFormats.All);
        var entries = ScaleHarness.Register(140).ToList();
        await harness.PublishAsync(entries, time.Now);

        // Requests reach each instance every second; instances start at different seconds, as in production.
        var fleet = new List<CurrentPublication>();
        long pointerReads = 0, filesRead = 0, bytesRead = 0;
        var slowest = 0;
        for (var second = 1; second <= Seconds; second++)
        {
            time.Now = Start.AddSeconds(second);
            while (fleet.Count < instances && fleet.Count <= (long)instances * second / 60)
            {
                fleet.Add(new CurrentPublication(new PublicationReader(harness.Store), time, NullLogger<CurrentPublication>.Instance));
            }

            var published = Array.IndexOf(PublishedAt, second);
            if (published >= 0)
            {
                entries[0] = entries[0] with { Office = entries[0].Office with { Note = $"Edit {published}" } };
                await harness.PublishAsync(entries, time.Now);
            }

            var (files, bytes) = (harness.Store.FileReads, harness.Store.BytesRead);
            var pointers = harness.Store.PointerReads;
            foreach (var instance in fleet)
            {
                await instance.GetAsync(CancellationToken.None);
                await instance.BackgroundCheck;
            }

            if (second >= PublishedAt[0])
            {
                filesRead += harness.Store.FileReads - files;
                bytesRead += harness.Store.BytesRead - bytes;
            }

            pointerReads += second > 100 ? harness.Store.PointerReads - pointers : 0;
            var revision = 1 + PublishedAt.Count(at => at <= second);
            if (fleet.Exists(instance => instance.Health.Revision != revision) && second >= PublishedAt[0])
            {
                slowest = Math.Max(slowest, second - PublishedAt.Last(at => at <= second) + 1);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {instances} | {(double)pointerReads / (Seconds - 100):0.0} | {filesRead / 2.0:0} | {bytesRead / 2e6:0.0} MB | {slowest} |"));
        fleet.ForEach(instance => instance.Dispose());
    }

    private static async Task RegisterAsync(int offices)
    {
        var harness = new ScaleHarness(ExportFormats.All);
        var (compose, write) = await harness.PublishAsync(ScaleHarness.Register(offices), Start);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Environment.CpuUsage.TotalTime;
        using var current = new CurrentPublication(new PublicationReader(harness.Store), TimeProvider.System, NullLogger<CurrentPublication>.Instance, maxAgeSeconds: 3600);
        await current.LoadLatestAsync(CancellationToken.None);
        var load = (Environment.CpuUsage.TotalTime - started).TotalMilliseconds;
        var mebibytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;

        using var tables = new PublicationTableSource(current, TimeProvider.System);
        var odata = new ODataService(RegisterModel.Model, new ODataOptions(), tables, TimeProvider.System);
        var queries = new List<double>();
        foreach (var (path, query) in Queries)
        {
            queries.Add(await MeanAsync(odata, new ODataRequest("GET", path, query, _ => null, Root)));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {offices} | {compose:0} | {write:0} | {harness.Store.Writes} | {harness.Store.BytesWritten / 1e6:0.0} | {load:0} | {mebibytes:0.0} | {queries[0]:0.00} | {queries[1]:0.00} | {queries[2]:0.00} |"));
    }

    private static async Task<double> MeanAsync(ODataService odata, ODataRequest request)
    {
        // Runs once first, so that the rows are encoded and the code is compiled.
        await odata.HandleAsync(request, CancellationToken.None);
        var started = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            var response = await odata.HandleAsync(request, CancellationToken.None);
            if (response.Status != 200)
            {
                throw new InvalidOperationException($"{request.Query}: {response.Status}");
            }
        }

        return (Environment.CpuUsage.TotalTime - started).TotalMilliseconds / Rounds;
    }
}
