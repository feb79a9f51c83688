using System.Diagnostics;
using System.Globalization;
using CrashingPublisher;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Kills a publishing process (SIGKILL) at each of its writes, on every kind of store.</summary>
public abstract class PublisherCrashContract
{
    private const int KilledExitCode = 128 + 9;
    private const int MaxWrites = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The arguments that select the store in the other process, after the first one; see tests/CrashingPublisher/Program.cs.</summary>
    protected abstract string[] StoreArguments { get; }

    protected abstract IRegisterStore OpenRegister();

    protected abstract IPublicationStore OpenPublications(TimeProvider time);

    /// <summary>Ends the lease of the killed process.</summary>
    /// <returns>A clock after its expiry.</returns>
    protected abstract Task<FakeTimeProvider> EndLeaseAsync();

    /// <summary>The number of writes between two kills: 1 for a kill at each write.</summary>
    protected virtual int Step => 1;

    [Fact]
    public async Task Publish_CrashAtEachWrite_ReadersSeeWholeRevisionAndNextRefreshCompletes()
    {
        using (PublishingHarness first = new(OpenRegister(), OpenPublications(TimeProvider.System), TimeProvider.System))
        {
            await first.PutAsync(SampleEntries.Create("a"));
            await first.RefreshAsync(new MinimalFormat());
        }

        var (early, late, exitCode) = (0, 0, KilledExitCode);
        for (var write = 0; exitCode != 0; write += Step)
        {
            Assert.True(write < MaxWrites);
            using PublishingHarness reader = new(OpenRegister(), OpenPublications(TimeProvider.System), TimeProvider.System);
            await reader.PutAsync(SampleEntries.Create("a").With(office => office with { Name = $"Edit {write}" }));
            var before = (await reader.LoadLatestAsync()).Publication;

            exitCode = await PublishAndCrashAsync(write);

            var seen = (await reader.LoadLatestAsync()).Publication;
            await reader.PublishedFilesAsync(since: before.Revision);
            if (seen.Revision == before.Revision)
            {
                early++;
                Assert.Equal(PublishingHarness.Serialize(before.Register), PublishingHarness.Serialize(seen.Register));
            }
            else
            {
                late++;
                AssertServes(write, seen, before.Revision + 1);
            }

            var clock = exitCode == 0 ? new FakeTimeProvider(DateTimeOffset.UtcNow) : await EndLeaseAsync();
            using PublishingHarness next = new(OpenRegister(), OpenPublications(clock), clock);
            var result = await next.RefreshAsync(new MinimalFormat());
            Assert.Equal(seen.Revision == before.Revision ? RefreshResult.Published : RefreshResult.NothingNew, result.Result);
            AssertServes(write, (await next.LoadLatestAsync()).Publication, before.Revision + 1);
            await next.PublishedFilesAsync(since: before.Revision);
        }

        // Before the first write and after marker, register.json, three files with their encodings, history and manifest, the JSON files with copies: invisible.
        // After the pointer, after deletion of the marker, after the record of the refresh and the deletion of the last one, and without a kill: the new revision.
        Assert.InRange(early, (1 + 3 + 3 + 4) / Step, 1 + 3 + 12 + 4);
        Assert.InRange(late, 4 / Step, 5);
        await AssertNoOrphanedFilesAsync();
    }

    private static void AssertServes(int edit, Publication publication, long revision)
    {
        Assert.Equal(revision, publication.Revision);
        Assert.Equal($"Edit {edit}", publication.Register.Offices.Single().Office.Name);
        Assert.Equal(Enumerable.Range(1, (int)revision), publication.Register.Publications.Select(record => (int)record.Revision));
        Assert.Equal(Enumerable.Range(1, (int)revision), publication.Register.Changes.Select(change => (int)change.Sequence));
    }

    /// <summary>Asserts that after the grace period every file belongs to a revision.</summary>
    private async Task AssertNoOrphanedFilesAsync()
    {
        FakeTimeProvider later = new(DateTimeOffset.UtcNow.AddHours(2));
        using PublishingHarness harness = new(OpenRegister(), OpenPublications(later), later);
        await harness.RefreshAsync(new MinimalFormat());
        var loaded = await harness.LoadLatestAsync();
        var folders = loaded.Pages.SelectMany(page => page.Entries).Select(entry => entry.Folder).ToHashSet(StringComparer.Ordinal);
        Assert.All(await harness.ListPathsAsync("revisions/"), path => Assert.Contains(path[..(path.LastIndexOf('/') + 1)], folders));
        Assert.Empty(await harness.ListPathsAsync("tries/"));
    }

    private async Task<int> PublishAndCrashAsync(int write)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "CrashingPublisher.dll"),
                write.ToString(CultureInfo.InvariantCulture), .. StoreArguments,
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode is 0 or KilledExitCode, $"Exit code {process.ExitCode}: {await error}");
        return process.ExitCode;
    }
}
