using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Tests.Publishing;

namespace ServiceOffices.Tests.Editing;

/// <summary>Tests imports that are accepted but not finished, with concurrent editors and instances.</summary>
public abstract class PendingImportsContract
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private protected abstract (IRegisterStore Register, IPublicationStore Publications) Open();

    [Fact]
    public async Task Refresh_PendingImport_IsAppliedFirst()
    {
        using ImportHarness desk = new(Open());
        var record = await desk.AcceptAsync("id,name,locationPrecision\n" + string.Concat(Enumerable.Range(0, 120).Select(index => $"o{index:D3},Kontor {index},none\n")));

        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync()).Result);

        var outcome = (await desk.Imports.GetProgressAsync(record.Id, Now))!;
        Assert.Equal((120, 120, 120), (outcome.Done, outcome.Total, outcome.Outcome!.Applied));
        Assert.Equal(120, (await desk.LoadOfficesAsync()).Count);
        Assert.Empty(await desk.Imports.GetPendingIdsAsync(Now));
        Assert.Equal(RefreshResult.NothingNew, (await desk.RefreshAsync()).Result);
    }

    [Fact]
    public async Task Edit_DuringPendingImport_IsKeptAndReportedAsConflict()
    {
        using ImportHarness desk = new(Open());
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await desk.Register.WriteAsync(SampleEntries.Create(id), null, Now);
        }

        var record = await desk.AcceptAsync("id,name,locationPrecision\na,Import,none\nb,Import,none\nc,Import,none\nny,Import,none\n");
        await desk.EditAsync("a", "Redigerat");
        await desk.EditAsync("b", "Import");
        await desk.Register.RemoveAsync("c", IRegisterStore.AnyVersion, Now);
        await desk.EditAsync("d", "Redigerat");
        await desk.RefreshAsync();

        var progress = (await desk.Imports.GetProgressAsync(record.Id, Now))!;
        Assert.Equal(
            [("a", "changed by another editor after the import was accepted"), ("c", "changed by another editor after the import was accepted")],
            progress.Outcome!.Conflicts.Select(conflict => (conflict.OfficeId, conflict.Reason)));
        Assert.Equal(2, progress.Outcome.Applied);
        Assert.Equal(
            [("a", "Redigerat"), ("b", "Import"), ("d", "Redigerat"), ("ny", "Import")],
            (await desk.LoadOfficesAsync()).Select(office => (office.Id, office.Name)));
    }

    [Fact]
    public async Task Refresh_UnacceptedDocument_IsDeletedAfterOneHour()
    {
        var stores = Open();
        using ImportHarness desk = new(stores);
        var finished = await desk.AcceptAsync("id,name,locationPrecision\na,Import,none\n");
        await desk.RefreshAsync();
        // The state after a process is killed between the plan and the marker.
        foreach (var name in new[] { "document", "steps/000000.json", "plan.json" })
        {
            await stores.Publications.WriteAsync($"imports/20261123T120000000-0123abcd/{name}", "{}"u8.ToArray(), "application/json", Now);
        }

        await desk.RefreshAsync();
        Assert.Equal(3, (await PathsAsync("imports/20261123")).Count);
        var pending = await desk.AcceptAsync("id,name,locationPrecision\nb,Import,none\n");
        ImportStore later = new(stores.Publications, new FakeTimeProvider(DateTimeOffset.UtcNow + ImportStore.OrphanGracePeriod + TimeSpan.FromMinutes(1)));

        Assert.Equal(1, await later.DeleteOrphansAsync(Now));

        Assert.Empty(await PathsAsync("imports/20261123"));
        Assert.Equal([pending.Id, finished.Id], await desk.Imports.GetIdsAsync(Now));
        await desk.RefreshAsync();
        Assert.Equal(1, (await desk.Imports.GetProgressAsync(pending.Id, Now))!.Outcome!.Applied);
        Assert.Equal(0, await later.DeleteOrphansAsync(Now));

        async Task<List<string>> PathsAsync(string prefix) =>
            await stores.Publications.ListAsync(prefix, Now).Select(file => file.Path).Where(path => path.Contains("-0123abcd/", StringComparison.Ordinal)).ToListAsync(Now);
    }

    [Fact]
    public async Task Finish_HourAfterLastCleanup_CleansAgain()
    {
        var stores = Open();
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow + ImportStore.OrphanGracePeriod + TimeSpan.FromMinutes(1));
        PendingImportProcessor pending = new(stores.Register, new ImportStore(stores.Publications, clock), clock, NullLogger<PendingImportProcessor>.Instance);
        await using var lease = await stores.Publications.TryAcquireLeaseAsync(Now);

        Assert.True(await IsCleanedAsync("1"));
        Assert.False(await IsCleanedAsync("2"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await IsCleanedAsync("3"));

        async Task<bool> IsCleanedAsync(string id)
        {
            await stores.Publications.WriteAsync($"imports/{id}/document", "x"u8.ToArray(), "text/csv", Now);
            await pending.RunAsync(lease!, Now);
            return await stores.Publications.ReadAsync($"imports/{id}/document", Now) is null;
        }
    }

    [Fact]
    public async Task Finish_RepeatedAndConcurrent_IsAppliedOnce()
    {
        var stores = Open();
        using ImportHarness desk = new(stores);
        using ImportHarness other = new(stores);
        await desk.AcceptAsync("id,name,locationPrecision\n" + string.Concat(Enumerable.Range(0, 150).Select(index => $"o{index:D3},Kontor {index},none\n")));
        await using (var lease = await desk.Publications.TryAcquireLeaseAsync(Now))
        {
            // As if two instances both believed that they hold the lease.
            await Task.WhenAll(desk.Pending.RunAsync(lease!, Now), other.Pending.RunAsync(lease!, Now));
            await desk.Pending.RunAsync(lease!, Now);
        }

        Assert.Equal(150, (await desk.Register.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 1000, Now)).Count);
        Assert.Equal(150, (await desk.Register.ReadAllAsync(Now)).Entries.Count);
    }

    [Fact]
    public async Task Refresh_TwoInstancesDuringEdits_LosesAndRepeatsNothing()
    {
        const int edits = 20;
        var stores = Open();
        using ImportHarness one = new(stores);
        using ImportHarness other = new(stores);
        await one.Register.WriteAsync(SampleEntries.Create("a"), null, Now);
        await one.RefreshAsync();

        var writing = Task.Run(
            async () =>
            {
                for (var edit = 1; edit <= edits; edit++)
                {
                    await one.EditAsync("a", $"Namn {edit}");
                    await one.Register.WriteAsync(SampleEntries.Create($"o{edit:D2}"), null, Now);
                }
            },
            Now);
        async Task RefreshAsync(ImportHarness desk)
        {
            while (!writing.IsCompleted)
            {
                await desk.RefreshAsync();
            }
        }

        await Task.WhenAll(RefreshAsync(one), RefreshAsync(other), writing);
        while ((await one.RefreshAsync()).Result != RefreshResult.NothingNew)
        {
        }

        var register = (await one.LoadAsync()).Publication.Register;
        Assert.Equal(1 + edits, register.Offices.Count);
        Assert.Equal($"Namn {edits}", register.Offices[0].Office.Name);
        Assert.Equal(Enumerable.Range(1, register.Changes.Count), register.Changes.Select(change => (int)change.Sequence));
        Assert.Equal(1 + edits, register.Changes.Count(change => change.Kind == "added"));
        var names = register.Changes.Where(change => change.OfficeId == "a" && change.Kind == "changed").Select(change => change.Properties.Single()).ToArray();
        Assert.Equal(names.Skip(1).Select(name => name.OldValue), names.SkipLast(1).Select(name => name.NewValue));
        Assert.Equal(Enumerable.Range(1, register.Publications.Count), register.Publications.Select(publication => (int)publication.Revision));
    }

    [Fact]
    public async Task Edit_DuringRefresh_IsPublishedByNextRefresh()
    {
        using ImportHarness desk = new(Open());
        await desk.Register.WriteAsync(SampleEntries.Create("a"), null, Now);
        var isEdited = false;
        CallbackFormat disturbed = new("txt", async () =>
        {
            if (!isEdited)
            {
                isEdited = true;
                await desk.EditAsync("a", "Under tiden");
            }
        });

        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync(disturbed)).Result);
        Assert.Equal("Servicekontor a", Assert.Single(await desk.LoadOfficesAsync()).Name);
        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync(disturbed)).Result);
        Assert.Equal("Under tiden", Assert.Single(await desk.LoadOfficesAsync()).Name);
        Assert.Equal(RefreshResult.NothingNew, (await desk.RefreshAsync(disturbed)).Result);
    }

    [Fact]
    public async Task Refresh_LeaseLost_PublishesNothing()
    {
        using ImportHarness desk = new(Open());
        await desk.Register.WriteAsync(SampleEntries.Create("a"), null, Now);
        var publisher = desk.CreatePublisher(new LoseLease());

        Assert.Equal(RefreshResult.Conflict, (await publisher.RefreshAsync(Now)).Result);
        Assert.Null(await desk.Publications.ReadPointerAsync(null, Now));
    }

    private sealed class LoseLease : IRefreshStep
    {
        public string Name => "lose lease";

        public async Task RunAsync(RefreshLease lease, CancellationToken cancellationToken) => await lease.DisposeAsync();
    }
}
