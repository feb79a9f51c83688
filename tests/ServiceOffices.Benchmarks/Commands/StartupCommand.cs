using System.Diagnostics;
using System.Globalization;
using ServiceOffices.Benchmarks.Compare;
using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures the time from the start of a process to its first response, and then of its first <c>$filter</c>:
/// <c>start [ROWS RUNS]</c>. All programs are published ReadyToRun and started in turn. Prints a Markdown table of medians.
/// </summary>
internal static class StartupCommand
{
    private const string Key = "/Offices(77)";
    private const string Filter = "/Offices?$filter=Status%20eq%20'Open'%20and%20CountyCode%20eq%20'14'&$select=Id,Name&$orderby=Name&$top=50";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (rows, runs) = arguments is [var one, var other]
            ? (int.Parse(one, CultureInfo.InvariantCulture), int.Parse(other, CultureInfo.InvariantCulture))
            : (140, 9);
        var folder = Directory.CreateTempSubdirectory("start").FullName;
        try
        {
            var data = Path.Combine(folder, "offices.json");
            BenchmarkRegister.Write(data, rows);
            var host = await PublishedProgram.PublishAsync("ODataHost", Path.Combine(folder, "host"), readyToRun: true);
            var recorded = Directory.CreateDirectory(Path.Combine(folder, "recorded")).FullName;
            using (var program = await ServerProcess.StartAsync(host, data, Key))
            {
                await RecordedResponses.RecordAsync(program, [Key, Filter], recorded);
            }

            (string Name, IReadOnlyList<string> Command, string Data)[] programs =
            [
                (Contender.Ours, host, data),
                (Contender.Baseline, await PublishedProgram.PublishAsync("peers/AspNetCoreOData", Path.Combine(folder, "baseline"), readyToRun: true), data),
                (Contender.Limit, await PublishedProgram.PublishAsync("peers/Limit", Path.Combine(folder, "limit"), readyToRun: true), recorded),
            ];
            var starts = programs.ToDictionary(program => program.Name, _ => new List<Start>());
            for (var run = 1; run <= runs; run++)
            {
                foreach (var (name, command, given) in programs)
                {
                    var start = await MeasureAsync(command, given);
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}, {name}: {start}"));
                    starts[name].Add(start);
                }
            }

            Console.WriteLine($"| {rows} rows, milliseconds | first response | of it processor time | first $filter |");
            Console.WriteLine("|---|---|---|---|");
            foreach (var (name, list) in starts)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {Median(list, start => start.FirstAnswerMs):0} | {Median(list, start => start.ProcessorMs):0} | {Median(list, start => start.FirstFilterMs):0.0} |"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Start> MeasureAsync(IReadOnlyList<string> command, string data)
    {
        using var program = await ServerProcess.StartAsync(command, data, Key);
        var processor = program.ProcessorTime;
        using var client = new HttpClient();
        var stopwatch = Stopwatch.StartNew();
        using var response = await client.GetAsync(program.Url(Filter));
        response.EnsureSuccessStatusCode();
        return new Start(program.FirstAnswer.TotalMilliseconds, processor.TotalMilliseconds, stopwatch.Elapsed.TotalMilliseconds);
    }

    private static double Median(List<Start> starts, Func<Start, double> of) => starts.Select(of).Order().ElementAt(starts.Count / 2);

    private sealed record Start(double FirstAnswerMs, double ProcessorMs, double FirstFilterMs);
}
