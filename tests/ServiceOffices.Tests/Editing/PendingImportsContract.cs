using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Editing.Forms;
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
        using ImportHarness harness = new(Open());
        var record = await harness.AcceptAsync("id,name,locationPrecision\n" + string.Concat(Enumerable.Range(0, 120).Select(index => $"o{index:D3},Kontor {index},none\n")));

        Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync()).Result);

        var result = (await harness.Imports.GetProgressAsync(record.Id, Now))!;
        Assert.Equal((120, 120, 120), (result.Done, result.Total, result.Outcome!.Applied));
        Assert.Equal(120, (await harness.LoadOfficesAsync()).Count);
        Assert.Empty(await harness.Imports.GetPendingIdsAsync(Now));
        Assert.Equal(RefreshResult.NothingNew, (await harness.RefreshAsync()).Result);
    }

    [Fact]
    public async Task Edit_DuringPendingImport_IsKeptAndReportedAsConflict()
    {
        using ImportHarness harness = new(Open());
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await harness.Register.WriteAsync(SampleEntries.Create(id), null, Now);
        }

        var record = await harness.AcceptAsync("id,name,locationPrecision\na,Import,none\nb,Import,none\nc,Import,none\nny,Import,none\n");
        await harness.EditAsync("a", "Redigerat");
        await harness.EditAsync("b", "Import");
        await harness.Register.RemoveAsync("c", IRegisterStore.AnyVersion, Now);
        await harness.EditAsync("d", "Redigerat");
        await harness.RefreshAsync();

        var progress = (await harness.Imports.GetProgressAsync(record.Id, Now))!;
        Assert.Equal(
            [("a", "changed by another editor after the import was accepted"), ("c", "changed by another editor after the import was accepted")],
            progress.Outcome!.Conflicts.Select(conflict => (conflict.OfficeId, conflict.Reason)));
        Assert.Equal(2, progress.Outcome.Applied);
        Assert.Equal(
            [("a", "Redigerat"), ("b", "Import"), ("d", "Redigerat"), ("ny", "Import")],
            (await harness.LoadOfficesAsync()).Select(office => (office.Id, office.Name)));
    }

    [Fact]
    public async Task Accept_ConcurrentImports_AcceptsExactlyOne()
    {
        using ImportHarness harness = new(Open());
        var last = await harness.Imports.GetLastAcceptedAsync(Now);

        var records = await Task.WhenAll(Enumerable.Range(0, 5).Select(index =>
            harness.TryAcceptAsync($"id,name,locationPrecision\no{index},Kontor {index},none\n", ImportMode.Merge, last)));

        var accepted = Assert.Single(records.OfType<ImportRecord>());
        Assert.Equal([accepted.Id], await harness.Imports.GetPendingIdsAsync(Now));
        Assert.Equal([accepted.Id], await harness.Imports.GetIdsAsync(Now));
        await harness.RefreshAsync();
        Assert.Single(await harness.LoadOfficesAsync());
        Assert.Empty(await harness.Imports.GetPendingIdsAsync(Now));

        // The plan is older than an import that is already finished.
        Assert.Null(await harness.TryAcceptAsync("id,name,locationPrecision\nny,Kontor,none\n", ImportMode.Merge, last));
        Assert.NotNull(await harness.TryAcceptAsync("id,name,locationPrecision\nny,Kontor,none\n", ImportMode.Merge, last + 1));
    }

    [Fact]
    public async Task Replace_EditsAfterAcceptance_AreListedAsConflicts()
    {
        using ImportHarness harness = new(Open());
        foreach (var id in new[] { "a", "b", "c" })
        {
            await harness.Register.WriteAsync(SampleEntries.Create(id), null, Now);
        }

        // Only the row of c is absent: a and b are unchanged, so that the plan has no step for them.
        string[] columns = [.. EditForm.Offices.Columns.Where(column => !column.IsComputed).Select(column => column.Name)];
        var rows = new[] { "a", "b" }.Select(id => string.Join(',', columns.Select(column => column switch
        {
            "id" => id,
            "name" => "Servicekontor " + id,
            "locationPrecision" => "none",
            _ => "",
        })) + "\n");
        var record = await harness.AcceptAsync(string.Join(',', columns) + "\n" + string.Concat(rows), ImportMode.Replace);
        Assert.Equal(new ImportCounts(0, 0, 1, 2), record.Offices);
        await harness.Register.WriteAsync(SampleEntries.Create("added"), null, Now);
        await harness.EditAsync("a", "Redigerat");
        await harness.RefreshAsync();

        var progress = (await harness.Imports.GetProgressAsync(record.Id, Now))!;
        Assert.Equal(["a", "added"], progress.Outcome!.Conflicts.Select(conflict => conflict.OfficeId));
        Assert.Equal(["a", "added", "b"], (await harness.LoadOfficesAsync()).Select(office => office.Id));
    }

    [Fact]
    public async Task Refresh_UnacceptedDocument_IsDeletedAfterOneHour()
    {
        var stores = Open();
        using ImportHarness harness = new(stores);
        var finished = await harness.AcceptAsync("id,name,locationPrecision\na,Import,none\n");
        await harness.RefreshAsync();
        // The state after a process is killed between the plan and the marker.
        foreach (var name in new[] { "document", "steps/000000.json", "plan.json" })
        {
            await stores.Publications.WriteAsync($"imports/20261123T120000000-0123abcd/{name}", "{}"u8.ToArray(), "application/json", Now);
        }

        await harness.RefreshAsync();
        Assert.Equal(3, (await PathsAsync("imports/20261123")).Count);
        var pending = await harness.AcceptAsync("id,name,locationPrecision\nb,Import,none\n");
        ImportStore later = new(stores.Publications, new FakeTimeProvider(DateTimeOffset.UtcNow + ImportStore.OrphanGracePeriod + TimeSpan.FromMinutes(1)));

        Assert.Equal(1, await later.DeleteOrphansAsync(Now));

        Assert.Empty(await PathsAsync("imports/20261123"));
        Assert.Equal([pending.Id, finished.Id], await harness.Imports.GetIdsAsync(Now));
        await harness.RefreshAsync();
        Assert.Equal(1, (await harness.Imports.GetProgressAsync(pending.Id, Now))!.Outcome!.Applied);
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
        using ImportHarness harness = new(stores);
        using ImportHarness other = new(stores);
        await harness.AcceptAsync("id,name,locationPrecision\n" + string.Concat(Enumerable.Range(0, 150).Select(index => $"o{index:D3},Kontor {index},none\n")));
        await using (var lease = await harness.Publications.TryAcquireLeaseAsync(Now))
        {
            // As if two instances both believed that they hold the lease.
            await Task.WhenAll(harness.Pending.RunAsync(lease!, Now), other.Pending.RunAsync(lease!, Now));
            await harness.Pending.RunAsync(lease!, Now);
        }

        Assert.Equal(150, (await harness.Register.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 1000, Now)).Count);
        Assert.Equal(150, (await harness.Register.ReadAllAsync(Now)).Entries.Count);
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
        async Task RefreshAsync(ImportHarness harness)
        {
            while (!writing.IsCompleted)
            {
                await harness.RefreshAsync();
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
        using ImportHarness harness = new(Open());
        await harness.Register.WriteAsync(SampleEntries.Create("a"), null, Now);
        var isEdited = false;
        CallbackFormat disturbed = new("txt", async () =>
        {
            if (!isEdited)
            {
                isEdited = true;
                await harness.EditAsync("a", "Under tiden");
            }
        });

        Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync(disturbed)).Result);
        Assert.Equal("Servicekontor a", Assert.Single(await harness.LoadOfficesAsync()).Name);
        Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync(disturbed)).Result);
        Assert.Equal("Under tiden", Assert.Single(await harness.LoadOfficesAsync()).Name);
        Assert.Equal(RefreshResult.NothingNew, (await harness.RefreshAsync(disturbed)).Result);
    }

    [Fact]
    public async Task Refresh_LeaseLost_PublishesNothing()
    {
        using ImportHarness harness = new(Open());
        await harness.Register.WriteAsync(SampleEntries.Create("a"), null, Now);
        var publisher = harness.CreatePublisher(new LoseLease());

        Assert.Equal(RefreshResult.Conflict, (await publisher.RefreshAsync(Now)).Result);
        Assert.Null(await harness.Publications.ReadPointerAsync(null, Now));
    }

    private sealed class LoseLease : IRefreshStep
    {
        public string Name => "lose lease";

        public async Task RunAsync(RefreshLease lease, CancellationToken cancellationToken) => await lease.DisposeAsync();
    }
}
