using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>
/// Measures our engine, the baseline and the limit, one after the other on this machine, with the same requests for the
/// same rows, in several rounds; writes Markdown tables. Only ratios within one run are meaningful.
/// </summary>
internal static class CompareCommand
{
    // The limit has no recorded response for rows beyond one of our pages.
    private const int MaxRecordedRows = 10_000;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = CompareOptions.Parse(arguments);
        var folder = Directory.CreateTempSubdirectory("compare").FullName;
        try
        {
            var host = await PublishedProgram.PublishAsync("ODataHost", Path.Combine(folder, "host"), readyToRun: false);
            var baseline = await PublishedProgram.PublishAsync("peers/AspNetCoreOData", Path.Combine(folder, "baseline"), readyToRun: false);
            var limit = await PublishedProgram.PublishAsync("peers/Limit", Path.Combine(folder, "limit"), readyToRun: false);
            var tables = new List<string>();
            foreach (var rows in options.Sizes)
            {
                var data = Path.Combine(folder, $"offices-{rows}.json");
                var recorded = Directory.CreateDirectory(Path.Combine(folder, $"recorded-{rows}")).FullName;
                BenchmarkRegister.Write(data, rows);
                var requests = BenchmarkRequest.All(rows).Where(one => options.Only.IsMatch(one.Name) && (one.Name != "dump" || rows <= MaxRecordedRows)).ToList();
                Dictionary<string, long> sizes;
                using (var program = await ServerProcess.StartAsync(host, data, "/Offices(77)"))
                {
                    sizes = await RecordedResponses.RecordAsync(program, requests.SelectMany(request => request.Varied), recorded);
                }

                var comparison = new ServerComparison(rows, requests, sizes, [
                    new Contender(Contender.Ours, host, data, ["nothing-stored"]),
                    new Contender(Contender.Cached, host, data, []) { Repeats = true },
                    new Contender(Contender.Baseline, baseline, data, []),
                    new Contender(Contender.Limit, limit, recorded, []),
                    .. options.Others.Select(other => new Contender(other.Name, [other.Command], data, []))]);
                await comparison.MeasureAsync(options.Rounds, options.Seconds);
                tables.Add(comparison.FormatTable());
                Console.Error.WriteLine(tables[^1]);
            }

            var text = string.Join('\n', tables);
            if (options.OutputPath is null)
            {
                Console.WriteLine(text);
            }
            else
            {
                await File.WriteAllTextAsync(options.OutputPath, text);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
