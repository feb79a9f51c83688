using System.Diagnostics;
using System.Globalization;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Benchmarks.Micro;
using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures exports: seconds for 100 000 rows, and peak memory above idle for 1 000 000 rows, each format in a
/// separate process. <c>-- exports</c> measures all and prints a Markdown table; <c>-- exports NAME</c> measures one.
/// </summary>
internal static class ExportCommand
{
    private const int TimedRows = 100_000;
    private const int MemoryRows = 1_000_000;
    private const int Warmups = 3;
    private const int Runs = 7;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is [var name, ..])
        {
            Console.WriteLine(await MeasureAsync(ExportFormats.All.Single(format => format.Name == name)));
            return 0;
        }

        Console.WriteLine("| format | 100 000 rows, s | of CPU, s | MB | 1 000 000 rows, s | MB above idle |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var format in ExportFormats.All)
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["exports", format.Name]))!;
            await child.WaitForExitAsync();
            if (child.ExitCode != 0)
            {
                return child.ExitCode;
            }
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(ExportFormat format)
    {
        var rows = ExportTable.CreateRows([.. BenchmarkRegister.Offices(TimedRows)]);
        var (seconds, cpu, bytes) = (new List<double>(), new List<double>(), 0L);
        for (var run = -Warmups; run < Runs; run++)
        {
            GC.Collect();
            var (before, stopwatch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
            bytes = await WriteAsync(format, rows);
            if (run >= 0)
            {
                seconds.Add(stopwatch.Elapsed.TotalSeconds);
                cpu.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
            }
        }

        rows = ExportTable.CreateRows([.. BenchmarkRegister.Offices(MemoryRows)]);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var idle = ReadMemory("VmRSS");
        ResetPeakMemory();
        var total = Stopwatch.StartNew();
        await WriteAsync(format, rows);
        var peak = ReadMemory("VmHWM");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {format.Name} | {Median(seconds):F3} | {Median(cpu):F3} | {bytes / 1e6:F1} | {total.Elapsed.TotalSeconds:F1} | {Math.Max(0, peak - idle) / 1024.0:F0} |");
    }

    private static async Task<long> WriteAsync(ExportFormat format, RowSet rows)
    {
        // Discards the bytes, after a copy as for a file.
        await using var output = new CountingStream();
        await format.WriteAsync(rows, new ExportOptions(ExportTable.Set) { ServiceRoot = "https://example.org/odata/v1/" }, output, CancellationToken.None);
        return output.Count;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Reads a memory value of this process in kilobytes, as reported by Linux.</summary>
    private static long ReadMemory(string field) => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    // proc(5): 5 resets the peak of the resident set.
    private static void ResetPeakMemory() => File.WriteAllText("/proc/self/clear_refs", "5");
}
