using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Exports;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Benchmarks;

/// <summary>
/// Measures how long an instance takes to read a publication and to lay it out as tables: <c>load [OFFICES]</c>. The store is in
/// memory. Prints the first load, whose code is not compiled yet, and the median of the others.
/// </summary>
internal static class LoadProgram
{
    private const int Times = 7;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var offices = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000;
        ExportFormat[] formats = [new CsvFormat()];
        var desk = new ScaleDesk(formats);
        await desk.PublishAsync(ScaleDesk.Register(offices), new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        desk.Forget();
        GC.Collect();
        List<(double Clock, double Processor)> times = [];
        for (var time = 0; time < Times; time++)
        {
            var (clock, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            using (var current = new CurrentPublication(new PublicationReader(desk.Store), TimeProvider.System, NullLogger<CurrentPublication>.Instance))
            {
                await current.LatestAsync(CancellationToken.None);
                times.Add((Stopwatch.GetElapsedTime(clock).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds));
            }

            GC.Collect();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{offices} offices: the first load took {times[0].Clock:0} ms, {times[0].Processor:0} of processor; the median of {Times - 1} more {Median(times, time => time.Clock):0} ms, {Median(times, time => time.Processor):0} of processor"));
        return 0;
    }

    private static double Median(List<(double Clock, double Processor)> times, Func<(double Clock, double Processor), double> of) =>
        times.Skip(1).Select(of).Order().ElementAt((times.Count - 1) / 2);
}
