using System.Diagnostics;
using System.Globalization;
using Azure.Core.Pipeline;
using ServiceOffices.FaultRuns.Histories;
using ServiceOffices.FaultRuns.Kills;
using ServiceOffices.Testing;

// dotnet run --project tests/FaultRuns -c Release -- histories COUNT [SEED]
// Runs COUNT seeded histories of edits, imports and refreshes on Azurite while requests fail, and prints every defect. SEED is that
// of the first history; the others follow it.
//
// dotnet run --project tests/FaultRuns -c Release -- kills-sqlite COUNT [SEED]
// dotnet run --project tests/FaultRuns -c Release -- kills-azure COUNT [SEED]
// Kills COUNT publishing processes at random writes while readers verify the publications.
//
// The exit code is 1 if there is a defect.
if (args is not [var command, var countText, .. var rest]
    || !int.TryParse(countText, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
    || !int.TryParse(rest.FirstOrDefault("0"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
{
    await Console.Error.WriteLineAsync("usage: FaultRuns histories|kills-sqlite|kills-azure COUNT [SEED]: whole numbers");
    return 2;
}

switch (command)
{
    case "histories":
        return await RunHistoriesAsync(count, seed);
    case "kills-sqlite":
        using (TemporaryFolder folder = new())
        {
            return await RunKillsAsync(new SqliteKillStores(folder.Database), count, seed);
        }

    case "kills-azure":
        await using (Azurite azurite = new())
        {
            await azurite.InitializeAsync();
            return await RunKillsAsync(new AzuriteKillStores(azurite), count, seed);
        }

    default:
        await Console.Error.WriteLineAsync($"'{command}' is not a command; use histories, kills-sqlite or kills-azure.");
        return 2;
}

static async Task<int> RunHistoriesAsync(int count, int first)
{
    // Azurite becomes slower with each blob.
    const int historiesPerAzurite = 100;
    HistoryTotals totals = new();
    var printed = 0;
    var clock = Stopwatch.StartNew();
    for (var begin = first; begin < first + count; begin += historiesPerAzurite)
    {
        await using Azurite azurite = new();
        await azurite.InitializeAsync();
        using HttpClient client = new();
        HttpClientTransport transport = new(client);
        for (var seed = begin; seed < Math.Min(begin + historiesPerAzurite, first + count); seed++)
        {
            await History.RunAsync(azurite.ConnectionString, transport, seed, totals, CancellationToken.None);
            printed = PrintProblems(totals.Problems, printed);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{totals.Histories} histories, {printed} defects, {clock.Elapsed.TotalSeconds:F0} s"));
    }

    Console.WriteLine(totals);
    return printed == 0 ? 0 : 1;
}

static async Task<int> RunKillsAsync(KillStores stores, int count, int seed)
{
    KillRun run = new(stores, seed);
    var printed = 0;
    var clock = Stopwatch.StartNew();

    // Some processes end before their write; the limit ends a run in which none is killed.
    for (var number = 1; run.Kills < count && number <= 10 + (2 * count); number++)
    {
        await run.RunOnceAsync(number);
        printed = PrintProblems(run.Problems, printed);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Kills} kills, {run.Reads} verified reads meanwhile, {printed} defects, {clock.Elapsed.TotalSeconds:F0} s"));
    return printed == 0 && run.Kills == count ? 0 : 1;
}

static int PrintProblems(IReadOnlyList<string> problems, int printed)
{
    foreach (var problem in problems.Skip(printed))
    {
        Console.WriteLine(problem);
    }

    return problems.Count;
}
