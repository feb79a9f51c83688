using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>
/// Measures a refresh on Azurite in all formats after an edit of one office: <c>refresh [EDITS [OFFICES]]</c>, of the seed
/// register or of a synthetic one with the given number of offices.
/// Prints the medians of the total and of each step, the files that one refresh writes, and its storage requests.
/// </summary>
internal static class RefreshCommand
{
    private const int WarmUps = 8;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var edits = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 15;
        var offices = arguments is [_, var many] ? int.Parse(many, CultureInfo.InvariantCulture) : 0;
        using var azurite = await AzuriteProcess.StartAsync();
        using var requests = new StorageRequestListener(azurite.Tables);
        var options = new ServiceOfficesOptions
        {
            Storage = new StorageOptions { ConnectionString = azurite.ConnectionString },
            Publishing = new PublishingOptions { SeedUnusedRegister = offices == 0 },
        };
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddServiceOffices(options)
            .BuildServiceProvider();
        var refresh = services.GetRequiredService<RegisterRefresh>();
        var steps = new Dictionary<string, List<double>>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (steps)
                {
                    (steps.TryGetValue(span.OperationName, out var times) ? times : steps[span.OperationName] = []).Add(span.Duration.TotalMilliseconds);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        var store = services.GetRequiredService<IRegisterStore>();
        foreach (var entry in ScaleHarness.Register(offices))
        {
            await store.WriteAsync(entry, null, new Signature("benchmark", DateTimeOffset.UtcNow), CancellationToken.None);
        }

        await refresh.RunAsync(CancellationToken.None);
        var edited = (await store.ReadAllAsync(CancellationToken.None)).Entries[0].Entry.Office.Id;
        var asked = new List<(string What, StorageRequestCounts Counts)> { ("the first, with the register's loading", requests.Reset()) };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first publication, including compilation: {steps["refresh"][^1]:0} ms"));
        var first = await LastFolderAsync(services, azurite.ConnectionString);
        var processor = TimeSpan.Zero;
        for (var edit = 1; edit <= WarmUps + edits; edit++)
        {
            await EditAsync(store, edited, edit);
            if (edit == WarmUps + 1)
            {
                steps.Clear();
                processor = Environment.CpuUsage.TotalTime;
            }

            requests.Reset();
            var result = await refresh.RunAsync(CancellationToken.None);
            if (result.Result != RefreshResult.Published)
            {
                throw new InvalidOperationException($"Edit {edit} was not published: {result.Result}");
            }
        }

        asked.Add(("after the last edit", requests.Reset()));
        processor = (Environment.CpuUsage.TotalTime - processor) / edits;
        Console.WriteLine("| step | median, ms | slowest, ms |\n|---|---|---|");
        foreach (var (step, times) in steps.OrderByDescending(step => step.Value.Sum()))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {step} | {times.Order().ElementAt(times.Count / 2):0.0} | {times.Max():0.0} |"));
        }

        var last = await LastFolderAsync(services, azurite.ConnectionString);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{processor.TotalMilliseconds:0} ms of processor in this process for each; the first wrote {first.Files} files of {first.Bytes / 1e3:0} kB, the last {last.Files} of {last.Bytes / 1e3:0} kB."));
        requests.Reset();
        await refresh.RunAsync(CancellationToken.None);
        asked.Add(("nothing new", requests.Reset()));
        Print(asked);
        return 0;
    }

    private static void Print(IEnumerable<(string What, StorageRequestCounts Counts)> asked)
    {
        Console.WriteLine("\n| requests of a refresh | of tables | blobs written | blobs listed | blobs read or leased | blobs deleted |\n|---|---|---|---|---|---|");
        foreach (var (description, counts) in asked)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {description} | {counts.Tables} | {counts.Writes} | {counts.Lists} | {counts.Reads} | {counts.Deletes} |"));
        }
    }

    private static async Task EditAsync(IRegisterStore store, string edited, int edit)
    {
        var existing = (await store.ReadAsync(edited, CancellationToken.None))!;
        var office = existing.Entry.Office with { Note = $"Edit {edit}" };
        await store.WriteAsync(existing.Entry with { Office = office }, existing.ETag, new Signature("benchmark", DateTimeOffset.UtcNow), CancellationToken.None);
    }

    private static async Task<(int Files, long Bytes)> LastFolderAsync(IServiceProvider services, string connectionString)
    {
        var latest = (await services.GetRequiredService<CurrentPublication>().GetAsync(CancellationToken.None))!;
        var container = new BlobContainerClient(connectionString, BlobPublicationStore.ContainerName);
        var (files, bytes) = (0, 0L);
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = latest.Folder }))
        {
            (files, bytes) = (files + 1, bytes + (blob.Properties.ContentLength ?? 0));
        }

        return (files, bytes);
    }
}
