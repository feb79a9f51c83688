using System.Diagnostics;
using System.Globalization;
using CrashingPublisher;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Seed;
using ServiceOffices.Storage;

namespace ServiceOffices.FaultRuns.Kills;

/// <summary>
/// Edits an office again and again and kills (SIGKILL) each process that publishes the edit at a random write, while a reader loads
/// and verifies what is published. After each kill, readers must see a whole revision, and the next refresh must publish the edit.
/// </summary>
public sealed class KillRun(KillStores stores, int seed)
{
    private const int KilledExitCode = 128 + 9;
    private const string OfficeId = "a";

    // One more than the writes of a publication with one office.
    private const int MaxWrite = 20;

#pragma warning disable CA5394 // A seeded sequence is required.
    private readonly Random random = new(seed);
#pragma warning restore CA5394
    private readonly PublicationVerifier verifier = new(stores.OpenPublications(TimeProvider.System));
    private readonly List<string> problems = [];

    /// <summary>Gets the number of killed processes.</summary>
    public int Kills { get; private set; }

    /// <summary>Gets the number of publications that readers verified while a process was running.</summary>
    public int Reads { get; private set; }

    public IReadOnlyList<string> Problems => problems;

    /// <summary>Runs one process and the refresh after it.</summary>
    public async Task RunOnceAsync(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Edit {number}");
        await EditAsync(name);
        var before = await verifier.LoadAsync();
#pragma warning disable CA5394 // A seeded sequence is required.
        var write = random.Next(MaxWrite);
#pragma warning restore CA5394
        var isKilled = await PublishAndKillAsync(write);
        Kills += isKilled ? 1 : 0;

        var seen = await verifier.LoadAsync();
        Check(before, seen, name, $"after a kill at write {write}");
        await RefreshAsync(isKilled ? await stores.EndLeaseAsync() : TimeProvider.System);
        var last = await verifier.LoadAsync();
        if (last?.Publication.Register.Offices.Single().Office.Name != name)
        {
            problems.Add($"{name} is not published by the refresh after a kill at write {write}");
        }

        problems.AddRange(await verifier.FindProblemsAsync(last));
    }

    private void Check(LoadedPublication? before, LoadedPublication? seen, string name, string when)
    {
        var (old, current) = (before?.Publication.Revision ?? 0, seen?.Publication.Revision ?? 0);
        if (current != old && (current != old + 1 || seen!.Publication.Register.Offices.Single().Office.Name != name))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"revision {current} {when}, before {old}"));
        }
    }

    private async Task EditAsync(string name)
    {
        var register = stores.OpenRegister();
        var current = await register.ReadAsync(OfficeId, CancellationToken.None);
        RegisterEntry entry = new(new Office { Id = OfficeId, Name = name, LocationPrecision = "none" }, []);
        await register.WriteAsync(entry, current?.ETag, new Signature("editor", TimeProvider.System.GetUtcNow()), CancellationToken.None);
    }

    private async Task RefreshAsync(TimeProvider time)
    {
        var publications = stores.OpenPublications(time);
        using CurrentPublication current = new(new PublicationReader(publications), time, NullLogger<CurrentPublication>.Instance);
        using Publisher publisher = new(
            stores.OpenRegister(), publications, current, SeedData.Reference, [new MinimalFormat()], time, NullLogger<Publisher>.Instance);
        var outcome = await publisher.RefreshAsync(CancellationToken.None);
        if (outcome.Result is not (RefreshResult.Published or RefreshResult.NothingNew))
        {
            problems.Add($"the refresh after a kill: {outcome.Result}");
        }
    }

    private async Task<bool> PublishAndKillAsync(int write)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "CrashingPublisher.dll"), $"{write}", .. stores.Arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var exit = process.WaitForExitAsync();
        while (!exit.IsCompleted)
        {
            problems.AddRange(await verifier.FindProblemsAsync(await verifier.LoadAsync()));
            Reads++;
            await Task.WhenAny(exit, Task.Delay(TimeSpan.FromMilliseconds(20)));
        }

        if (process.ExitCode is not (0 or KilledExitCode))
        {
            problems.Add($"the publisher ended with exit code {process.ExitCode}: {await error}");
        }

        return process.ExitCode == KilledExitCode;
    }
}
