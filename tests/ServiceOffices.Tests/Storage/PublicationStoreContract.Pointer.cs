namespace ServiceOffices.Tests.Storage;

public abstract partial class PublicationStoreContract
{
    [Fact]
    public async Task ReplaceCurrent_First_ReadsBackWithETag()
    {
        var etag = await Open().ReplacePointerAsync(Bytes("first"), null, Now);

        var pointer = await Open().ReadPointerAsync(null, Now);

        Assert.NotNull(etag);
        Assert.Equal(etag, pointer!.ETag);
        Assert.Equal(Bytes("first"), pointer.Content.ToArray());
    }

    [Fact]
    public async Task ReadCurrent_KnownETag_HasNoContent()
    {
        var etag = await Open().ReplacePointerAsync(Bytes("first"), null, Now);

        var pointer = await Open().ReadPointerAsync(etag, Now);

        Assert.Equal(etag, pointer!.ETag);
        Assert.True(pointer.Content.IsEmpty);
    }

    [Fact]
    public async Task ReadCurrent_OldETag_HasNewContent()
    {
        var first = await Open().ReplacePointerAsync(Bytes("first"), null, Now);
        var second = await Open().ReplacePointerAsync(Bytes("second"), first, Now);

        var pointer = await Open().ReadPointerAsync(first, Now);

        Assert.NotEqual(first, second);
        Assert.Equal(second, pointer!.ETag);
        Assert.Equal(Bytes("second"), pointer.Content.ToArray());
    }

    [Fact]
    public async Task ReplaceCurrent_StaleETag_ReturnsNull()
    {
        var first = await Open().ReplacePointerAsync(Bytes("first"), null, Now);
        await Open().ReplacePointerAsync(Bytes("second"), first, Now);

        Assert.Null(await Open().ReplacePointerAsync(Bytes("third"), first, Now));
        Assert.Null(await Open().ReplacePointerAsync(Bytes("fourth"), null, Now));

        Assert.Equal(Bytes("second"), (await Open().ReadPointerAsync(null, Now))!.Content.ToArray());
    }

    [Fact]
    public async Task ReplaceCurrent_ETagOnEmptyStore_ReturnsNull()
    {
        Assert.Null(await Open().ReplacePointerAsync(Bytes("first"), "\"0x8DC0000000000\"", Now));

        Assert.Null(await Open().ReadPointerAsync(null, Now));
    }

    [Fact]
    public async Task ReplaceCurrent_SameContent_ChangesETag()
    {
        var first = await Open().ReplacePointerAsync(Bytes("same"), null, Now);

        var second = await Open().ReplacePointerAsync(Bytes("same"), first, Now);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task ReplaceCurrent_Concurrently_ExactlyOneWinsEachRound()
    {
        string? known = null;
        for (var round = 0; round < 5; round++)
        {
            var etags = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
                Task.Run(() => Open().ReplacePointerAsync(Bytes($"{round} {writer}"), known, Now))));

            var winner = Assert.Single(etags.Index(), result => result.Item is not null);
            var pointer = await Open().ReadPointerAsync(known, Now);
            Assert.Equal(Bytes($"{round} {winner.Index}"), pointer!.Content.ToArray());
            Assert.Equal(winner.Item, pointer.ETag);
            known = pointer.ETag;
        }
    }
}
