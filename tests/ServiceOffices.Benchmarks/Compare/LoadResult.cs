using System.Diagnostics;
using System.Globalization;
using ServiceOffices.Benchmarks.Processes;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>The result of a load test of a server.</summary>
/// <param name="PerSecond">Responses per second.</param>
/// <param name="CpuMicroseconds">Processor time of the server per response, which other programs on the machine hardly affect.</param>
/// <param name="Failed">The number of responses other than 2xx and of requests without a response.</param>
internal sealed record LoadResult(double PerSecond, double MedianMs, double P99Ms, double CpuMicroseconds, long Failed)
{
    private const string Script = """
        local targets, next = nil, 0
        request = function()
          if not targets then
            targets = {}
            for line in io.lines(os.getenv("TARGETS")) do targets[#targets + 1] = wrk.format("GET", line) end
          end
          next = next % #targets + 1
          return targets[next]
        end
        done = function(summary, latency)
          local e = summary.errors
          io.write(string.format("LOAD %.3f %.4f %.4f %d %d\n", summary.requests / summary.duration * 1e6,
            latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.status + e.timeout + e.connect + e.read + e.write, summary.requests))
        end
        """;

    private static readonly Lazy<bool> HasWrk = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "wrk"))));

    /// <summary>The load generator: wrk if it is installed.</summary>
    public static string Generator => HasWrk.Value ? "wrk, one thread" : "HttpClient";

    /// <param name="requests">Paths relative to the root of the program, requested in turn.</param>
    public static async Task<LoadResult> MeasureAsync(ServerProcess program, IReadOnlyList<string> requests, int connections, double seconds)
    {
        var before = program.ProcessorTime;
        var (load, responses) = HasWrk.Value
            ? await MeasureWithWrkAsync(program, requests, connections, seconds)
            : await MeasureWithClientAsync(program, requests, connections, seconds);
        return load with { CpuMicroseconds = (program.ProcessorTime - before).TotalMicroseconds / responses };
    }

    private static async Task<(LoadResult Load, double Answers)> MeasureWithWrkAsync(ServerProcess program, IReadOnlyList<string> requests, int connections, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("load");
        try
        {
            var (script, targets) = (Path.Combine(folder.FullName, "load.lua"), Path.Combine(folder.FullName, "targets"));
            await File.WriteAllTextAsync(script, Script);
            await File.WriteAllLinesAsync(targets, requests.Select(request => program.Url(request).PathAndQuery));
            var start = new ProcessStartInfo("wrk", [
                "-t1", Invariant($"-c{connections}"), Invariant($"-d{Math.Max(1, Math.Round(seconds))}s"), "--timeout", "60s", "-s", script, program.Root.AbsoluteUri])
            {
                RedirectStandardOutput = true,
                Environment = { ["TARGETS"] = targets },
            };
            using var wrk = Process.Start(start)!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            var line = output.Split('\n').FirstOrDefault(one => one.StartsWith("LOAD ", StringComparison.Ordinal))
                ?? throw new InvalidOperationException("wrk failed: " + output);
            var numbers = Array.ConvertAll(line.Split(' ')[1..], number => double.Parse(number, CultureInfo.InvariantCulture));
            return (new LoadResult(numbers[0], numbers[1], numbers[2], 0, (long)numbers[3]), numbers[4]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(LoadResult Load, double Answers)> MeasureWithClientAsync(ServerProcess program, IReadOnlyList<string> requests, int connections, double seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        Uri[] urls = [.. requests.Select(program.Url)];
        var next = 0;
        var stopwatch = Stopwatch.StartNew();
        var clients = Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var (times, failed) = (new List<double>(), 0L);
            while (stopwatch.Elapsed.TotalSeconds < seconds)
            {
                var url = urls[(uint)Interlocked.Increment(ref next) % urls.Length];
                var started = Stopwatch.GetTimestamp();
                using var response = await client.GetAsync(url);
                await response.Content.CopyToAsync(Stream.Null);
                failed += response.IsSuccessStatusCode ? 0 : 1;
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return (times, failed);
        }));
        var results = await Task.WhenAll(clients);
        double[] all = [.. results.SelectMany(result => result.times).Order()];
        return (new LoadResult(all.Length / stopwatch.Elapsed.TotalSeconds, all[all.Length / 2], all[all.Length * 99 / 100], 0, results.Sum(result => result.failed)), all.Length);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
