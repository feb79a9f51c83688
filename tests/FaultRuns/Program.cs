using System.Diagnostics;
using System.Globalization;
using Azure.Core.Pipeline;
using ServiceOffices.FaultRuns.Histories;
using ServiceOffices.Testing;

// dotnet run --project tests/FaultRuns -c Release -- histories COUNT [FIRST]
// Runs COUNT seeded histories of edits, imports and refreshes on Azurite while requests fail, and prints every defect. FIRST is the
// seed of the first history. The exit code is 1 if there is a defect.
const int HistoriesPerAzurite = 100;
if (args is not ["histories", var countText, .. var rest]
    || !int.TryParse(countText, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
    || !int.TryParse(rest.FirstOrDefault("0"), NumberStyles.None, CultureInfo.InvariantCulture, out var first))
{
    await Console.Error.WriteLineAsync("usage: FaultRuns histories COUNT [FIRST]: whole numbers; FIRST is the seed of the first history");
    return 2;
}

HistoryTotals totals = new();
var printed = 0;
var clock = Stopwatch.StartNew();
for (var begin = first; begin < first + count; begin += HistoriesPerAzurite)
{
    // Azurite becomes slower with each blob.
    await using Azurite azurite = new();
    await azurite.InitializeAsync();
    using HttpClient client = new();
    HttpClientTransport transport = new(client);
    for (var seed = begin; seed < Math.Min(begin + HistoriesPerAzurite, first + count); seed++)
    {
        await History.RunAsync(azurite.ConnectionString, transport, seed, totals, CancellationToken.None);
        for (; printed < totals.Problems.Count; printed++)
        {
            Console.WriteLine(totals.Problems[printed]);
        }
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{totals.Histories} histories, {totals.Problems.Count} defects, {clock.Elapsed.TotalSeconds:F0} s"));
}

Console.WriteLine(totals);
return totals.Problems.Count == 0 ? 0 : 1;
