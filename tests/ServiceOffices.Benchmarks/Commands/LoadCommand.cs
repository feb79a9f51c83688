using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures the time that an instance takes to read a publication and to build its tables: <c>load [OFFICES]</c>. The store is in
/// memory. Prints the first load, before the code is compiled, and the median of the others, each with the garbage collection time.
/// </summary>
internal static class LoadCommand
{
    private const int Times = 7;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var offices = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000;
        ExportFormat[] formats = [new CsvFormat()];
        var harness = new ScaleHarness(formats);
        await harness.PublishAsync(ScaleHarness.Register(offices), new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        harness.Reset();
        GC.Collect();
        List<Cost> costs = [];
        for (var time = 0; time < Times; time++)
        {
            var before = Cost.Snapshot();
            using (var current = new CurrentPublication(new PublicationReader(harness.Store), TimeProvider.System, NullLogger<CurrentPublication>.Instance))
            {
                await current.LoadLatestAsync(CancellationToken.None);
                costs.Add(Cost.Snapshot() - before);
            }

            GC.Collect();
        }

        Console.WriteLine($"{offices} offices: the first load took {costs[0]}; the median of {Times - 1} more {Median(costs)}");
        return 0;
    }

    private static Cost Median(List<Cost> costs) => costs.Skip(1).OrderBy(cost => cost.Clock).ElementAt((costs.Count - 1) / 2);

    /// <param name="Collecting">The time that garbage collection paused the process.</param>
    private readonly record struct Cost(TimeSpan Clock, TimeSpan Processor, TimeSpan Collecting, long AllocatedBytes, int Collections)
    {
        public static Cost Snapshot() => new(
            Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes(), GC.CollectionCount(0));

        public static Cost operator -(Cost later, Cost earlier) => new(
            later.Clock - earlier.Clock,
            later.Processor - earlier.Processor,
            later.Collecting - earlier.Collecting,
            later.AllocatedBytes - earlier.AllocatedBytes,
            later.Collections - earlier.Collections);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Clock.TotalMilliseconds:0} ms, {Collecting.TotalMilliseconds:0} of them in {Collections} collections of {AllocatedBytes / 1e6:0} MB, and {Processor.TotalMilliseconds:0} ms of processor");
    }
}
