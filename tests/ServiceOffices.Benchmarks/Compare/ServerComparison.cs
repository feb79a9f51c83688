using System.Globalization;
using System.Text;
using ServiceOffices.Benchmarks.Processes;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>Measures programs with the same requests for the same rows.</summary>
/// <param name="sizes">The size in bytes of our response to each request.</param>
internal sealed class ServerComparison(
    int rows, IReadOnlyList<BenchmarkRequest> requests, IReadOnlyDictionary<string, long> sizes, IReadOnlyList<Contender> contenders)
{
    private const double WarmUpSeconds = 1;
    private const int LargestStored = 64 << 10;

    private readonly Dictionary<(string Contender, string Request), List<LoadResult>> loads = [];
    private readonly Dictionary<string, long> peakBytes = [];

    /// <summary>
    /// Runs all programs and puts each of them under load in turn for each request, so that other activity of the machine
    /// affects them equally.
    /// </summary>
    public async Task MeasureAsync(int rounds, double seconds)
    {
        var programs = new List<(Contender Contender, ServerProcess Program)>();
        try
        {
            foreach (var contender in contenders)
            {
                var ready = contender.Name == Contender.Limit ? requests[0].Fixed : "/";
                programs.Add((contender, await ServerProcess.StartAsync(contender.Command, contender.Data, ready, contender.More)));
            }

            for (var round = 1; round <= rounds; round++)
            {
                foreach (var request in requests)
                {
                    foreach (var (contender, program) in programs)
                    {
                        await MeasureAsync(program, contender, request, round, seconds);
                    }
                }
            }

            programs.ForEach(one => peakBytes[one.Contender.Name] = one.Program.PeakBytes);
        }
        finally
        {
            programs.ForEach(one => one.Program.Dispose());
        }
    }

    /// <summary>Formats the result as Markdown.</summary>
    public string FormatTable()
    {
        var others = contenders.Where(contender => contender.Name is not (Contender.Ours or Contender.Cached or Contender.Limit)).Select(contender => contender.Name).ToList();
        var text = new StringBuilder();
        AppendLine(text, $"### {rows:N0} rows");
        AppendLine(text, $"");
        AppendLine(text, $"Answers a second ({LoadResult.Generator}, 8 connections, dump: 2). `x` is ours, no answer stored, against the other; `of limit` is against the same bytes from memory; after `stored` it is left out where the repeated answer is above 64 kB. `µs` is processor time of the program for one answer.");
        AppendLine(text, $"");
        AppendLine(text, $"| request | bytes | ours | p50 ms | p99 ms | µs | limit | µs | of limit | stored | of limit |{string.Concat(others.Select(name => $" {name} | x | p99 ms | µs |"))}");
        AppendLine(text, $"|---|---|---|---|---|---|---|---|---|---|---|{string.Concat(others.Select(_ => "---|---|---|---|"))}");
        foreach (var request in requests)
        {
            var (ours, stored, limit) = (Median(Contender.Ours, request), Median(Contender.Cached, request), Median(Contender.Limit, request));
            AppendLine(text, $"| {request.Name} | {request.Varied.Average(one => sizes[one]):N0} | {ours.PerSecond:N0} | {ours.MedianMs:0.00} | {ours.P99Ms:0.00} | {ours.CpuMicroseconds:N0} | {limit.PerSecond:N0} | {limit.CpuMicroseconds:N0} | {ours.PerSecond / limit.PerSecond:0.00} | {stored.PerSecond:N0} | {FormatShareOfLimit(request, stored, limit)} |{string.Concat(others.Select(name => FormatRatio(ours, Median(name, request))))}");
        }

        AppendLine(text, $"");
        AppendLine(text, $"Peak memory: {string.Join("; ", contenders.Select(contender => FormattableString.Invariant($"{contender.Name} {peakBytes[contender.Name] / 1e6:N0} MB")))}.");
        return text.ToString();
    }

    private async Task MeasureAsync(ServerProcess program, Contender contender, BenchmarkRequest request, int round, double seconds)
    {
        IReadOnlyList<string> asked = contender.Repeats ? [request.Fixed] : request.Varied;
        // The limit uses the same code for every request, so one request warms it up.
        if (round == 1 && (contender.Name != Contender.Limit || request == requests[0]))
        {
            await LoadResult.MeasureAsync(program, asked, request.Connections, WarmUpSeconds);
        }

        var load = await LoadResult.MeasureAsync(program, asked, request.Connections, seconds * request.Longer);
        if (load.Failed > 0)
        {
            throw new InvalidOperationException($"{contender.Name}: {load.Failed} requests such as {request.Fixed} failed.");
        }

        Console.Error.WriteLine(FormattableString.Invariant(
            $"{rows} rows, round {round}, {request.Name}: {contender.Name} {load.PerSecond:N0}/s, p50 {load.MedianMs:0.00} ms, p99 {load.P99Ms:0.00} ms, {load.CpuMicroseconds:N0} µs of processor each"));
        if (!loads.TryGetValue((contender.Name, request.Name), out var list))
        {
            loads.Add((contender.Name, request.Name), list = []);
        }

        list.Add(load);
    }

    private LoadResult Median(string contender, BenchmarkRequest request)
    {
        var list = loads[(contender, request.Name)];
        return new LoadResult(Median(list.Select(load => load.PerSecond)), Median(list.Select(load => load.MedianMs)), Median(list.Select(load => load.P99Ms)), Median(list.Select(load => load.CpuMicroseconds)), 0);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // A response that is too large for the cache differs from the varied ones that the limit is measured with.
    private string FormatShareOfLimit(BenchmarkRequest request, LoadResult stored, LoadResult limit) =>
        sizes[request.Fixed] > LargestStored ? "" : (stored.PerSecond / limit.PerSecond).ToString("0.00", CultureInfo.InvariantCulture);

    private static string FormatRatio(LoadResult ours, LoadResult other) =>
        FormattableString.Invariant($" {other.PerSecond:N0} | {ours.PerSecond / other.PerSecond:0.0} | {other.P99Ms:0.00} | {other.CpuMicroseconds:N0} |");

    private static void AppendLine(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
