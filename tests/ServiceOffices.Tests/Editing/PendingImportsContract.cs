using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Editing;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;
using ServiceOffices.Tests.Publishing;

namespace ServiceOffices.Tests.Editing;

/// <summary>Imports that are accepted and not yet finished, beside editors and other instances.</summary>
public abstract class PendingImportsContract
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private protected abstract (IRegisterStore Register, IPublicationStore Publications) Open();

    [Fact]
    public async Task Refresh_WithAnImportPending_FinishesItFirst()
    {
        using ImportDesk desk = new(Open());
        var record = await desk.AcceptAsync("id,name,locationPrecision\n" + string.Concat(Enumerable.Range(0, 120).Select(index => $"o{index:D3},Kontor {index},none\n")));

        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync()).Result);

        var outcome = (await desk.Imports.ProgressAsync(record.Id, Now))!;
        Assert.Equal((120, 120, 120), (outcome.Done, outcome.Total, outcome.Outcome!.Applied));
        Assert.Equal(120, (await desk.PublishedAsync()).Count);
        Assert.Empty(await desk.Imports.PendingAsync(Now));
        Assert.Equal(RefreshResult.NothingNew, (await desk.RefreshAsync()).Result);
    }

    [Fact]
    public async Task Edit_WhileAnImportIsPending_StaysAndIsNamed()
    {
        using ImportDesk desk = new(Open());
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await desk.Register.WriteAsync(Samples.Entry(id), null, Now);
        }

        var record = await desk.AcceptAsync("id,name,locationPrecision\na,Import,none\nb,Import,none\nc,Import,none\nny,Import,none\n");
        await desk.EditAsync("a", "Redigerat");
        await desk.EditAsync("b", "Import");
        await desk.Register.RemoveAsync("c", IRegisterStore.AnyVersion, Now);
        await desk.EditAsync("d", "Redigerat");
        await desk.RefreshAsync();

        var progress = (await desk.Imports.ProgressAsync(record.Id, Now))!;
        Assert.Equal(
            [("a", "changed by somebody else since the import was accepted"), ("c", "changed by somebody else since the import was accepted")],
            progress.Outcome!.Conflicts.Select(conflict => (conflict.OfficeId, conflict.Reason)));
        Assert.Equal(2, progress.Outcome.Applied);
        Assert.Equal(
            [("a", "Redigerat"), ("b", "Import"), ("d", "Redigerat"), ("ny", "Import")],
            (await desk.PublishedAsync()).Select(office => (office.Id, office.Name)));
    }

    [Fact]
    public async Task Refresh_WithADocumentThatWasNeverAccepted_DeletesItOnceItIsAnHourOld()
    {
        var stores = Open();
        using ImportDesk desk = new(stores);
        var finished = await desk.AcceptAsync("id,name,locationPrecision\na,Import,none\n");
        await desk.RefreshAsync();
        // What a process leaves that is killed between the plan and the mark.
        foreach (var name in new[] { "document", "steps/000000.json", "plan.json" })
        {
            await stores.Publications.WriteAsync($"imports/20261123T120000000-0123abcd/{name}", "{}"u8.ToArray(), "application/json", Now);
        }

        await desk.RefreshAsync();
        Assert.Equal(3, (await PathsAsync("imports/20261123")).Count);
        var pending = await desk.AcceptAsync("id,name,locationPrecision\nb,Import,none\n");
        ImportStore later = new(stores.Publications, new FakeTimeProvider(DateTimeOffset.UtcNow + ImportStore.Grace + TimeSpan.FromMinutes(1)));

        Assert.Equal(1, await later.CleanAsync(Now));

        Assert.Empty(await PathsAsync("imports/20261123"));
        Assert.Equal([pending.Id, finished.Id], await desk.Imports.AllAsync(Now));
        await desk.RefreshAsync();
        Assert.Equal(1, (await desk.Imports.ProgressAsync(pending.Id, Now))!.Outcome!.Applied);
        Assert.Equal(0, await later.CleanAsync(Now));

        async Task<List<string>> PathsAsync(string prefix) =>
            await stores.Publications.ListAsync(prefix, Now).Select(file => file.Path).Where(path => path.Contains("-0123abcd/", StringComparison.Ordinal)).ToListAsync(Now);
    }

    [Fact]
    public async Task Finish_AnHourAfterTheLastCleaning_CleansAgain()
    {
        var stores = Open();
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow + ImportStore.Grace + TimeSpan.FromMinutes(1));
        PendingImports pending = new(stores.Register, new ImportStore(stores.Publications, clock), clock, NullLogger<PendingImports>.Instance);
        await using var lease = await stores.Publications.TryLeaseAsync(Now);

        Assert.True(await IsCleanedAsync("1"));
        Assert.False(await IsCleanedAsync("2"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await IsCleanedAsync("3"));

        async Task<bool> IsCleanedAsync(string id)
        {
            await stores.Publications.WriteAsync($"imports/{id}/document", "x"u8.ToArray(), "text/csv", Now);
            await pending.FinishAsync(lease!, Now);
            return await stores.Publications.ReadAsync($"imports/{id}/document", Now) is null;
        }
    }

    [Fact]
    public async Task Finish_DoneTwiceAndByTwo_IsDoneOnce()
    {
        var stores = Open();
        using ImportDesk desk = new(stores);
        using ImportDesk other = new(stores);
        await desk.AcceptAsync("id,name,locationPrecision\n" + string.Concat(Enumerable.Range(0, 150).Select(index => $"o{index:D3},Kontor {index},none\n")));
        await using (var lease = await desk.Publications.TryLeaseAsync(Now))
        {
            // As two would who both believe that they hold the lease.
            await Task.WhenAll(desk.Pending.FinishAsync(lease!, Now), other.Pending.FinishAsync(lease!, Now));
            await desk.Pending.FinishAsync(lease!, Now);
        }

        Assert.Equal(150, (await desk.Register.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 1000, Now)).Count);
        Assert.Equal(150, (await desk.Register.ReadAllAsync(Now)).Entries.Count);
    }

    [Fact]
    public async Task Refresh_ByTwoInstancesWhileEditorsWrite_LosesNothingAndTellsNothingTwice()
    {
        const int edits = 20;
        var stores = Open();
        using ImportDesk one = new(stores);
        using ImportDesk other = new(stores);
        await one.Register.WriteAsync(Samples.Entry("a"), null, Now);
        await one.RefreshAsync();

        var writing = Task.Run(
            async () =>
            {
                for (var edit = 1; edit <= edits; edit++)
                {
                    await one.EditAsync("a", $"Namn {edit}");
                    await one.Register.WriteAsync(Samples.Entry($"o{edit:D2}"), null, Now);
                }
            },
            Now);
        async Task RefreshAsync(ImportDesk desk)
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
    public async Task Edit_BetweenTheReadingOfARefreshAndItsCommit_IsPublishedByTheNext()
    {
        using ImportDesk desk = new(Open());
        await desk.Register.WriteAsync(Samples.Entry("a"), null, Now);
        var isEdited = false;
        DisturbedFormat disturbed = new("txt", async () =>
        {
            if (!isEdited)
            {
                isEdited = true;
                await desk.EditAsync("a", "Under tiden");
            }
        });

        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync(disturbed)).Result);
        Assert.Equal("Servicekontor a", Assert.Single(await desk.PublishedAsync()).Name);
        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync(disturbed)).Result);
        Assert.Equal("Under tiden", Assert.Single(await desk.PublishedAsync()).Name);
        Assert.Equal(RefreshResult.NothingNew, (await desk.RefreshAsync(disturbed)).Result);
    }

    [Fact]
    public async Task Refresh_WhoseLeaseWasLostWhileItRead_PublishesNothing()
    {
        using ImportDesk desk = new(Open());
        await desk.Register.WriteAsync(Samples.Entry("a"), null, Now);
        var publisher = desk.Publisher(async (lease, cancel) => await lease.DisposeAsync());

        Assert.Equal(RefreshResult.Conflict, (await publisher.RefreshAsync(Now)).Result);
        Assert.Null(await desk.Publications.ReadCurrentAsync(null, Now));
    }
}
