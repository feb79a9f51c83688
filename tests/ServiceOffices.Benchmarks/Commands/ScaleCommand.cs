using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ServiceOffices.Benchmarks.Compare;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures how the engine scales with its data, in this process: <c>scale [SIZES]</c>, such as <c>scale 140,10000</c>.
/// For each size: the time to build the tables, their memory, and requests: the first of each kind, which
/// builds the indexes that it needs, and the median of later ones. Prints a Markdown table.
/// </summary>
internal static class ScaleCommand
{
    private const int Repeats = 31;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var sizes = (arguments is [var list] ? list : "140,2845,10000,100000,1000000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture));
        var lines = new List<string>();
        foreach (var rows in sizes)
        {
            Console.Error.WriteLine($"{rows} rows …");
            var measured = await MeasureAsync(rows);
            if (lines.Count == 0)
            {
                lines.Add($"| rows | tables ms | tables MB | {string.Join(" | ", measured.Requests.Select(request => request.Name + " µs (first ms)"))} | in use after MB | peak MB |");
                lines.Add($"|---|---|---|{string.Concat(measured.Requests.Select(_ => "---|"))}---|---|");
            }

            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {rows:N0} | {measured.BuildMs:N0} | {measured.TablesBytes / 1e6:N0} | {string.Join(" | ", measured.Requests.Select(request => string.Create(CultureInfo.InvariantCulture, $"{request.MedianUs:N0} ({request.FirstMs:N1})")))} | {measured.HeapBytes / 1e6:N0} | {measured.PeakBytes / 1e6:N0} |"));
        }

        lines.ForEach(Console.WriteLine);
        return 0;
    }

    private static async Task<Measured> MeasureAsync(int rows)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var stopwatch = Stopwatch.StartNew();
        var model = BenchmarkModel.Load(rows.ToString(CultureInfo.InvariantCulture));
        var built = stopwatch.Elapsed.TotalMilliseconds;
        var tables = GC.GetTotalMemory(forceFullCollection: true) - before;
        var engine = new ODataService(BenchmarkModel.Model, new ODataOptions(), model, new FakeTimeProvider());
        var requests = new List<(string, double, double)>();
        foreach (var request in BenchmarkRequest.All(rows).Where(request => request.Name is not ("service" or "metadata")))
        {
            var times = new List<double>();
            for (var i = 0; i < Repeats; i++)
            {
                stopwatch.Restart();
                await SendAsync(engine, request.Varied[i % request.Varied.Count]);
                times.Add(stopwatch.Elapsed.TotalMicroseconds);
            }

            requests.Add((request.Name, times[0] / 1000, times.Order().ElementAt(times.Count / 2)));
        }

        using var process = Process.GetCurrentProcess();
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(engine);
        return new Measured(built, tables, requests, heap, process.PeakWorkingSet64);
    }

    private static async Task SendAsync(ODataService engine, string url)
    {
        var parts = url.TrimStart('/').Split('?');
        var request = new ODataRequest("GET", parts[0], parts.Length > 1 ? parts[1] : "", _ => null, new Uri("http://localhost/odata/"));
        var response = await engine.HandleAsync(request, CancellationToken.None);
        if (response.Status != 200)
        {
            throw new InvalidOperationException($"{url} returned {response.Status}.");
        }
    }

    private sealed record Measured(double BuildMs, long TablesBytes, List<(string Name, double FirstMs, double MedianUs)> Requests, long HeapBytes, long PeakBytes);
}
