using ServiceOffices.Storage;
using ServiceOffices.Testing;
using static ServiceOffices.Tests.Storage.RegisterSamples;

namespace ServiceOffices.Tests.Storage;

public abstract partial class RegisterStoreContract
{
    [Fact]
    public async Task Write_ExistingOfficeAsNew_Conflicts()
    {
        await Open().WriteAsync(CreateOffice("o", "first"), null, Now);

        await Assert.ThrowsAsync<ConflictException>(() => Open().WriteAsync(CreateOffice("o", "second"), null, Now));

        Assert.Equal("first", (await Open().ReadAsync("o", Now))!.Entry.Office.Name);
    }

    [Fact]
    public async Task Write_StaleETag_ConflictsAndChangesNothing()
    {
        var stale = await Open().WriteAsync(CreateOffice("o", "first", CreateOpenedEvent("o", 1)), null, Now);
        await Open().WriteAsync(CreateOffice("o", "second", CreateOpenedEvent("o", 1)), stale, Now);

        await Assert.ThrowsAsync<ConflictException>(
            () => Open().WriteAsync(CreateOffice("o", "third", CreateOpenedEvent("o", 2)), stale, Now));

        var read = (await Open().ReadAsync("o", Now))!.Entry;
        Assert.Equal("second", read.Office.Name);
        Assert.Equal([1], read.Events.Select(lifecycleEvent => lifecycleEvent.Number));
    }

    [Fact]
    public async Task Write_ETagOfRemovedOffice_Conflicts()
    {
        var etag = await Open().WriteAsync(CreateOffice("o"), null, Now);
        await Open().RemoveAsync("o", etag, Now);

        await Assert.ThrowsAsync<ConflictException>(() => Open().WriteAsync(CreateOffice("o"), etag, Now));

        Assert.Null(await Open().ReadAsync("o", Now));
    }

    [Fact]
    public async Task Write_RecreatedOffice_HasNewETag()
    {
        var first = await Open().WriteAsync(CreateOffice("o"), null, Now);
        await Open().RemoveAsync("o", first, Now);

        var second = await Open().WriteAsync(CreateOffice("o"), null, Now);

        Assert.NotEqual(first, second);
        await Assert.ThrowsAsync<ConflictException>(() => Open().WriteAsync(CreateOffice("o"), first, Now));
    }

    [Fact]
    public async Task Write_IfMatchAny_ReplacesOnlyExisting()
    {
        await Open().WriteAsync(CreateOffice("o", "first"), null, Now);

        await Open().WriteAsync(CreateOffice("o", "second"), IRegisterStore.AnyVersion, Now);

        Assert.Equal("second", (await Open().ReadAsync("o", Now))!.Entry.Office.Name);
        await Assert.ThrowsAsync<ConflictException>(() => Open().WriteAsync(CreateOffice("new"), IRegisterStore.AnyVersion, Now));
    }

    [Fact]
    public async Task Write_TwoEditorsConcurrently_ExactlyOneWins()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = $"o{round}";
            var etag = await Open().WriteAsync(CreateOffice(id, "first", CreateOpenedEvent(id, 1), CreateOpenedEvent(id, 2)), null, Now);

            var won = await RaceAsync(8, writer => Open().WriteAsync(CreateOffice(id, $"{writer}", CreateOpenedEvent(id, 2, $"{writer}"), CreateOpenedEvent(id, 10 + writer)), etag, Now));

            var winner = Assert.Single(won);
            var read = (await Open().ReadAsync(id, Now))!.Entry;
            Assert.Equal($"{winner}", read.Office.Name);
            Assert.Equal([(2, $"{winner}"), (10 + winner, null)], read.Events.Select(lifecycleEvent => (lifecycleEvent.Number, lifecycleEvent.Note)));
        }
    }

    [Fact]
    public async Task Write_SameNewOfficeConcurrently_ExactlyOneWins()
    {
        var won = await RaceAsync(8, writer => Open().WriteAsync(CreateOffice("o", $"{writer}", CreateOpenedEvent("o", 1 + writer)), null, Now));

        var winner = Assert.Single(won);
        var read = (await Open().ReadAsync("o", Now))!.Entry;
        Assert.Equal($"{winner}", read.Office.Name);
        Assert.Equal([1 + winner], read.Events.Select(lifecycleEvent => lifecycleEvent.Number));
    }

    [Fact]
    public async Task Write_DifferentOfficesConcurrently_AllSucceed()
    {
        var won = await RaceAsync(20, writer => Open().WriteAsync(CreateOffice($"o{writer}", events: CreateOpenedEvent($"o{writer}", 1)), null, Now));

        Assert.Equal(20, won.Count);
        Assert.Equal(20, (await Open().ReadAllAsync(Now)).Entries.Count);
    }

    [Fact]
    public async Task ReadAll_DuringWrite_NeverSeesPartialWrite()
    {
        var etag = await Open().WriteAsync(CreateOffice("o", "0", CreateOpenedEvent("o", 1, "0")), null, Now);
        var writing = Task.Run(
            async () =>
            {
                for (var version = 1; version <= 30; version++)
                {
                    etag = await Open().WriteAsync(CreateOffice("o", $"{version}", CreateOpenedEvent("o", 1, $"{version}")), etag, Now);
                }
            },
            Now);

        do
        {
            var seen = Assert.Single((await Open().ReadAllAsync(Now)).Entries).Entry;
            Assert.Equal(seen.Office.Name, Assert.Single(seen.Events).Note);
        }
        while (!writing.IsCompleted);

        await writing;
    }
}
