using ServiceOffices.Storage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

/// <summary>The contract of every store for writing many offices in one call, and for the resulting audit of all offices.</summary>
public abstract class BulkWriteContract
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected abstract IRegisterStore Open();

    /// <summary>Writes the row of an office without the store.</summary>
    protected abstract Task PutRawAsync(string officeId, string name);

    [Fact]
    public async Task WriteAll_NewChangedAndRemovedOffices_AreAllWritten()
    {
        var store = Open();
        await store.WriteAsync(RegisterSamples.CreateEdgeCase("changed"), null, At(0), Now);
        await store.WriteAsync(RegisterSamples.CreateOffice("removed", events: RegisterSamples.CreateOpenedEvent("removed", 3)), null, At(0), Now);
        var changed = (await store.ReadAsync("changed", Now))!;
        var after = changed.Entry with { Events = [.. changed.Entry.Events.Skip(1), RegisterSamples.CreateOpenedEvent("changed", 20)] };

        var exceptions = await store.WriteAllAsync(
            [new(null, RegisterSamples.CreateEdgeCase("new")), new(changed, after), new(await store.ReadAsync("removed", Now), null)], At(1), Now);

        Assert.Equal([null, null, null], exceptions);
        Assert.Equivalent(RegisterSamples.CreateEdgeCase("new"), (await store.ReadAsync("new", Now))!.Entry, strict: true);
        Assert.Equivalent(after.Events.OrderBy(lifecycleEvent => lifecycleEvent.Number), (await store.ReadAsync("changed", Now))!.Entry.Events, strict: true);
        Assert.Null(await store.ReadAsync("removed", Now));
        Assert.Equal(
            [("changed", "changed", 2), ("new", "created", 1), ("removed", "removed", 2)],
            (await store.ReadAuditAsync(null, At(1).At, 10, Now)).Select(audit => (audit.OfficeId, audit.Action, audit.ToVersion)));
    }

    [Fact]
    public async Task WriteAll_StaleETags_AreSkippedAndOthersWritten()
    {
        var store = Open();
        foreach (var id in new[] { "edited", "gone", "kept", "left" })
        {
            await store.WriteAsync(RegisterSamples.CreateOffice(id), null, At(0), Now);
        }

        var read = (await store.ReadAllAsync(Now)).Entries.ToDictionary(stored => stored.Entry.Office.Id);
        await store.WriteAsync(RegisterSamples.CreateOffice("edited", "Redigerat"), read["edited"].ETag, At(1), Now);
        await store.RemoveAsync("gone", read["gone"].ETag, At(1), Now);

        var exceptions = await store.WriteAllAsync(
            [
                new(read["edited"], RegisterSamples.CreateOffice("edited", "Import")),
                new(read["gone"], RegisterSamples.CreateOffice("gone", "Import")),
                new(null, RegisterSamples.CreateOffice("kept", "Import")),
                new(null, RegisterSamples.CreateOffice("long", new string('x', 40_000))),
                new(read["left"] with { ETag = read["gone"].ETag }, null),
                new(null, RegisterSamples.CreateOffice("new", "Import")),
            ],
            At(2), Now);

        Assert.Equal(
            ["ConflictException", "ConflictException", "ConflictException", "ArgumentException", "ConflictException", null],
            exceptions.Select(exception => exception?.GetType().Name));
        Assert.Equal(
            [("edited", "Redigerat"), ("kept", "Servicekontor"), ("left", "Servicekontor"), ("new", "Import")],
            (await store.ReadAllAsync(Now)).Entries.Select(stored => (stored.Entry.Office.Id, stored.Entry.Office.Name)));
        Assert.Equal(["new"], (await store.ReadAuditAsync(null, At(2).At, 10, Now)).Select(audit => audit.OfficeId));
    }

    [Fact]
    public async Task WriteAll_RemovedOffice_ContinuesVersionsAndNumbers()
    {
        var store = Open();
        var etag = (await store.WriteAsync(RegisterSamples.CreateOffice("o", events: RegisterSamples.CreateOpenedEvent("o", 5)), null, At(0), Now)).ETag;
        await store.RemoveAsync("o", etag, At(1), Now);

        var exceptions = await store.WriteAllAsync([new(null, RegisterSamples.CreateOffice("o", "Åter"))], At(2), Now);

        Assert.Equal([null], exceptions);
        var existing = (await store.ReadAsync("o", Now))!;
        Assert.Equal((3, 5), (existing.Version, existing.LastEventNumber));
        Assert.Equal([3, 2, 1], (await store.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 10, Now)).Select(audit => audit.ToVersion));
    }

    [Fact]
    public async Task WriteAll_RowInsertedOutsideStore_IsWrittenAndCounted()
    {
        var store = Open();
        await PutRawAsync("o", "För hand");

        var exceptions = await store.WriteAllAsync([new(await store.ReadAsync("o", Now), RegisterSamples.CreateOffice("o", "Import"))], At(0), Now);

        Assert.Equal([null], exceptions);
        Assert.Equal(("Import", 1), ((await store.ReadAsync("o", Now))!.Entry.Office.Name, (await store.ReadAsync("o", Now))!.Version));
    }

    [Fact]
    public async Task ReadAudit_AllOffices_IsNewestFirstAndLimited()
    {
        var store = Open();
        for (var batch = 0; batch < 3; batch++)
        {
            EntryWrite[] writes = [.. Enumerable.Range(0, 60).Select(office => new EntryWrite(null, RegisterSamples.CreateOffice($"o{batch}{office:D2}")))];
            Assert.All(await store.WriteAllAsync(writes, At(batch), Now), Assert.Null);
        }

        var latest = await store.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 70, Now);
        var since = await store.ReadAuditAsync(null, At(1).At, 1000, Now);

        Assert.Equal(70, latest.Count);
        Assert.Equal([.. Enumerable.Repeat(2, 60), .. Enumerable.Repeat(1, 10)], latest.Select(audit => audit.Signature.At.Second));
        Assert.Equal(120, since.Count);
        var earlier = await store.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, At(1).At, 1000, Now);
        Assert.Equal([.. Enumerable.Repeat(1, 60), .. Enumerable.Repeat(0, 60)], earlier.Select(audit => audit.Signature.At.Second));
        Assert.Equal(60, (await store.ReadAuditAsync(null, At(1).At, At(1).At, 1000, Now)).Count);
        Assert.Empty(await store.ReadAuditAsync("o200", DateTimeOffset.UnixEpoch, At(1).At, 1000, Now));
        Assert.Single(await store.ReadAuditAsync("o200", DateTimeOffset.UnixEpoch, At(2).At, 1000, Now));
    }

    protected static Signature At(int second) => new("tester", new DateTimeOffset(2026, 11, 23, 12, 0, second, TimeSpan.Zero));
}
