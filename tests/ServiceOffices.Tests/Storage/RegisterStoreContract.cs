using ServiceOffices.Storage;
using ServiceOffices.Testing;
using static ServiceOffices.Tests.Storage.RegisterSamples;

namespace ServiceOffices.Tests.Storage;

/// <summary>The contract of every register store; each implementation runs all of these tests.</summary>
public abstract partial class RegisterStoreContract
{
    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IRegisterStore Open();

    /// <summary>Writes a row without the store, as with a table editor.</summary>
    /// <param name="eventNumber">Null for the row of the office.</param>
    protected abstract Task PutRawAsync(string officeId, int? eventNumber, Dictionary<string, object> columns);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAll_NewStore_IsEmpty()
    {
        var content = await Open().ReadAllAsync(Now);

        Assert.Empty(content.Entries);
        Assert.Empty(content.Rejected);
    }

    [Fact]
    public async Task Read_UnknownOffice_IsNull() => Assert.Null(await Open().ReadAsync("nowhere", Now));

    [Fact]
    public async Task Write_EdgeCaseOffice_ReadsBackEveryProperty()
    {
        var etag = await Open().WriteAsync(CreateEdgeCase(), null, Now);

        var read = await Open().ReadAsync("nasty-1", Now);
        var all = await Open().ReadAllAsync(Now);

        Assert.NotNull(read);
        Assert.Equal(etag, read.ETag);
        Assert.Equivalent(CreateEdgeCase(), read.Entry, strict: true);
        Assert.Equivalent(CreateEdgeCase(), Assert.Single(all.Entries).Entry, strict: true);
        Assert.Equal(etag, all.Entries[0].ETag);
        Assert.Empty(all.Rejected);
    }

    [Fact]
    public async Task Write_MinimalOffice_ReadsBackNullsAndEmptyCollections()
    {
        await Open().WriteAsync(CreateOffice("bare"), null, Now);

        var read = await Open().ReadAsync("bare", Now);

        Assert.Equivalent(CreateOffice("bare"), read!.Entry, strict: true);
    }

    [Fact]
    public async Task Write_PropertiesRemoved_AreGone()
    {
        var etag = await Open().WriteAsync(CreateEdgeCase(), null, Now);

        await Open().WriteAsync(CreateOffice("nasty-1"), etag, Now);

        Assert.Equivalent(CreateOffice("nasty-1"), (await Open().ReadAsync("nasty-1", Now))!.Entry, strict: true);
    }

    [Theory]
    [InlineData("a/b\\c#d?e%f~g")]
    [InlineData("tab\tnewline\nbell\u0007delete\u007f")]
    [InlineData("åäö 'quoted' 🏢")]
    [InlineData("~002f")]
    public async Task Write_IdWithForbiddenKeyCharacters_ReadsBack(string id)
    {
        await Open().WriteAsync(CreateOffice(id, events: CreateOpenedEvent(id, 1)), null, Now);

        var read = await Open().ReadAsync(id, Now);
        var all = await Open().ReadAllAsync(Now);

        Assert.Equal(id, read!.Entry.Office.Id);
        Assert.Equal(id, Assert.Single(all.Entries).Entry.Events[0].OfficeId);
    }

    [Fact]
    public async Task ReadAll_ManyOffices_AreInOrdinalOrder()
    {
        string[] ids = ["zebra", "a-1", "a", "a0", "9", "m", "åsele", "A", "n", "k9", "~", "h", "g"];
        foreach (var id in ids)
        {
            await Open().WriteAsync(CreateOffice(id), null, Now);
        }

        var content = await Open().ReadAllAsync(Now);

        Assert.Equal(
            ["9", "A", "a", "a-1", "a0", "g", "h", "k9", "m", "n", "zebra", "~", "åsele"],
            content.Entries.Select(entry => entry.Entry.Office.Id));
    }

    [Fact]
    public async Task Read_EventsWrittenOutOfOrder_AreOrderedByNumber()
    {
        await Open().WriteAsync(CreateOffice("o", events: [CreateOpenedEvent("o", 10), CreateOpenedEvent("o", 9), CreateOpenedEvent("o", 100)]), null, Now);

        Assert.Equal([9, 10, 100], (await Open().ReadAsync("o", Now))!.Entry.Events.Select(lifecycleEvent => lifecycleEvent.Number));
        Assert.Equal([9, 10, 100], (await Open().ReadAllAsync(Now)).Entries[0].Entry.Events.Select(lifecycleEvent => lifecycleEvent.Number));
    }

    [Fact]
    public async Task Write_OtherEvents_ReplacesAll()
    {
        var etag = await Open().WriteAsync(CreateOffice("o", events: [CreateOpenedEvent("o", 1), CreateOpenedEvent("o", 2), CreateOpenedEvent("o", 3)]), null, Now);

        await Open().WriteAsync(CreateOffice("o", events: [CreateOpenedEvent("o", 2), CreateOpenedEvent("o", 3, "corrected"), CreateOpenedEvent("o", 4)]), etag, Now);

        Assert.Equal(
            [(2, null), (3, "corrected"), (4, null)],
            (await Open().ReadAsync("o", Now))!.Entry.Events.Select(lifecycleEvent => (lifecycleEvent.Number, lifecycleEvent.Note)));
    }

    [Fact]
    public async Task Write_OnlyEventChanged_ChangesETag()
    {
        var first = await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 1)), null, Now);

        var second = await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 1, "corrected")), first, Now);

        Assert.NotEqual(first, second);
        Assert.Equal(second, (await Open().ReadAsync("o", Now))!.ETag);
    }

    [Fact]
    public async Task Write_NewAndChangedOffice_ReturnsEntryAsRead()
    {
        Signature signature = new("tester", DateTimeOffset.UnixEpoch);
        var created = await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 7)), null, signature, Now);
        var afterCreation = await Open().ReadAsync("o", Now);
        var changed = await Open().WriteAsync(CreateOffice("o", "changed"), created.ETag, signature, Now);

        Assert.Equivalent(created, afterCreation, strict: true);
        Assert.Equivalent(changed, await Open().ReadAsync("o", Now), strict: true);
    }

    [Fact]
    public async Task Write_OneOffice_DoesNotChangeOthers()
    {
        var etag = await Open().WriteAsync(CreateOffice("a", events: CreateOpenedEvent("a", 1)), null, Now);

        await Open().WriteAsync(CreateOffice("b"), null, Now);

        Assert.Equal(etag, (await Open().ReadAsync("a", Now))!.ETag);
    }

    [Fact]
    public async Task Remove_Office_RemovesEvents()
    {
        await Open().WriteAsync(CreateOffice("keep", events: CreateOpenedEvent("keep", 1)), null, Now);
        var etag = await Open().WriteAsync(CreateEdgeCase(), null, Now);

        await Open().RemoveAsync("nasty-1", etag, Now);

        Assert.Null(await Open().ReadAsync("nasty-1", Now));
        var content = await Open().ReadAllAsync(Now);
        Assert.Equal("keep", Assert.Single(content.Entries).Entry.Office.Id);
        Assert.Empty(content.Rejected);
    }

    [Fact]
    public async Task Remove_StaleETag_ConflictsAndKeepsOffice()
    {
        var stale = await Open().WriteAsync(CreateOffice("o", "first"), null, Now);
        await Open().WriteAsync(CreateOffice("o", "second"), stale, Now);

        await Assert.ThrowsAsync<ConflictException>(() => Open().RemoveAsync("o", stale, Now));

        Assert.NotNull(await Open().ReadAsync("o", Now));
    }

    [Fact]
    public async Task Remove_MissingOffice_Conflicts() =>
        await Assert.ThrowsAsync<ConflictException>(() => Open().RemoveAsync("o", IRegisterStore.AnyVersion, Now));

    [Fact]
    public async Task Write_StringOverLimit_IsRejectedAndWritesNothing()
    {
        var etag = await Open().WriteAsync(CreateOffice("o", "first", CreateOpenedEvent("o", 1)), null, Now);
        var entry = CreateOffice("o", "second", CreateOpenedEvent("o", 1), CreateOpenedEvent("o", 2, new string('x', 32769)));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Open().WriteAsync(entry, etag, Now));

        Assert.Equal("events[2].note must be at most 32768 characters as stored (64 KiB of UTF-16); got 32769.", exception.Message);
        var read = await Open().ReadAsync("o", Now);
        Assert.Equal(etag, read!.ETag);
        Assert.Equal("first", read.Entry.Office.Name);
    }

    [Fact]
    public async Task Write_StringAtLimit_ReadsBack()
    {
        var note = string.Concat(Enumerable.Repeat("å", 32768));

        await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 1, note)), null, Now);

        Assert.Equal(note, (await Open().ReadAsync("o", Now))!.Entry.Events[0].Note);
    }

    [Fact]
    public async Task Write_EventOfOtherOffice_IsRejected()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("other", 1)), null, Now));

        Assert.Equal("events[1].officeId must be the office's own id 'o'; got 'other'.", exception.Message);
    }

    [Fact]
    public async Task ReadAll_RowChangedOutsideStore_ReturnsChange()
    {
        await PutRawAsync("o", null, new() { ["name"] = "Nytt namn", ["locationPrecision"] = "none", ["latitude"] = 55, ["longitude"] = 13.0 });

        var entry = Assert.Single((await Open().ReadAllAsync(Now)).Entries).Entry;

        Assert.Equal(("Nytt namn", 55.0, 13.0), (entry.Office.Name, entry.Office.Latitude!.Value, entry.Office.Longitude!.Value));
    }

    [Fact]
    public async Task Write_Cancelled_Throws()
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Open().WriteAsync(CreateOffice("o"), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Open().ReadAllAsync(cancelled));
    }

    /// <summary>Starts all writers concurrently.</summary>
    /// <returns>The numbers of the writers without a conflict.</returns>
    private static async Task<IReadOnlyList<int>> RaceAsync(int writers, Func<int, Task> write)
    {
        TaskCompletionSource start = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var results = Enumerable.Range(0, writers).Select(async writer =>
        {
            await start.Task;
            try
            {
                await write(writer);
                return (writer, won: true);
            }
            catch (ConflictException)
            {
                return (writer, won: false);
            }
        }).ToArray();
        start.SetResult();
        return [.. (await Task.WhenAll(results)).Where(result => result.won).Select(result => result.writer)];
    }
}
