using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures the cost of polling with a long history: <c>history [REVISIONS CHANGES]</c>, with that number of changes per
/// revision. Prints a Markdown table; only ratios within one run are meaningful.
/// </summary>
internal static class HistoryCommand
{
    private const int Rounds = 7;
    private const int IterationsPerRound = 200;
    private const string FirstPage = "/odata/v1/offices";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (revisions, changes) = arguments is [var one, var other]
            ? (int.Parse(one, CultureInfo.InvariantCulture), int.Parse(other, CultureInfo.InvariantCulture))
            : (10_000, 10);
        // The first run compiles the code that the others measure.
        await MeasureAsync(1, 0);
        var (shortLines, shortMiB) = await MeasureAsync(1, 0);
        var (longLines, longMiB) = await MeasureAsync(revisions, changes);
        Console.WriteLine($"| milliseconds (first page) | 1 revision kept | {revisions} revisions, {revisions * changes} changes kept |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, few) in shortLines)
        {
            var many = longLines[name];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {few:0.000} ({few / shortLines[FirstPage]:0.00}) | {many:0.000} ({many / longLines[FirstPage]:0.00}) |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| managed heap at the end, MiB | {shortMiB:0.0} | {longMiB:0.0} |"));
        return 0;
    }

    private static async Task<(Dictionary<string, double> Milliseconds, double HeapMiB)> MeasureAsync(int revisions, int changes)
    {
        await Console.Error.WriteLineAsync($"{revisions} revisions …");
        await using var harness = await HistoryHarness.OpenAsync(revisions, changes);
        await harness.PublishAsync();
        var complete = JsonDocument.Parse(await harness.GetAsync(FirstPage, ("Prefer", "track-changes"), ("OData-Version", "4.01"))).RootElement;
        var link = new Uri(complete.EnumerateObject().Single(member => member.Name.EndsWith("deltaLink", StringComparison.Ordinal)).Value.GetString()!).PathAndQuery;
        await harness.PublishAsync();
        (string Name, string Url)[] polls =
        [
            (FirstPage, FirstPage),
            ("a delta of the last revision", link),
            ("a page of the feed", "/feeds/changes.atom"),
            ("a page of the JSON feed", "/feeds/changes.json"),
            ("a page of one county's feed", "/feeds/changes.atom?county=24"),
            ("a page of the archive", "/feeds/changes/1.atom"),
        ];
        polls = [.. polls.Where(poll => revisions > 1 || !poll.Name.Contains("archive", StringComparison.Ordinal))];
        var medians = new Dictionary<string, List<double>>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, url) in polls)
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < IterationsPerRound; i++)
                {
                    await harness.GetAsync(url);
                }

                (medians.TryGetValue(name, out var times) ? times : medians[name] = []).Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds / IterationsPerRound);
            }
        }

        var lines = medians.ToDictionary(line => line.Key, line => line.Value.Order().ElementAt(Rounds / 2));
        lines["the feed's page, made anew (once a publication)"] = await MeasureUncachedAsync(harness, "/feeds/changes.atom");
        lines["the county's page, made anew"] = await MeasureUncachedAsync(harness, "/feeds/changes.atom?county=24");
        lines["a refresh with one change"] = await MedianAsync(3, harness.PublishAsync);
        return (lines, GC.GetTotalMemory(forceFullCollection: true) / 1048576.0);
    }

    private static async Task<double> MeasureUncachedAsync(HistoryHarness harness, string url)
    {
        List<double> times = [];
        for (var i = 0; i < 3; i++)
        {
            await harness.PublishAsync();
            times.Add(await MedianAsync(1, () => harness.GetAsync(url)));
        }

        return times.Order().ElementAt(1);
    }

    private static async Task<double> MedianAsync(int times, Func<Task> work)
    {
        List<double> taken = [];
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return taken.Order().ElementAt(times / 2);
    }
}
