using System.Text;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Http;

namespace ServiceOffices.Tests.Http;

public sealed class StoredRepliesTests
{
    [Fact]
    public void Find_OfTheSameRevision_GivesTheReplyThatWasKept()
    {
        var stored = new StoredReplies(100_000);
        var reply = Reply("a");

        stored.Keep(Key("a"), 1, reply);

        Assert.Same(reply, stored.Find(Key("a"), 1, compressed: false));
        Assert.Null(stored.Find(Key("b"), 1, compressed: false));
    }

    [Fact]
    public void Find_OfALaterRevision_GivesNothing()
    {
        var stored = new StoredReplies(100_000);

        stored.Keep(Key("a"), 1, Reply("a"));

        Assert.Null(stored.Find(Key("a"), 2, compressed: false));
    }

    [Theory]
    [InlineData(404, true, 100)]
    [InlineData(200, false, 100)]
    [InlineData(200, true, 65 * 1024)]
    public void Keep_WhatHoldsNotForAllOrIsLarge_KeepsNothing(int status, bool hasTag, int bytes)
    {
        var stored = new StoredReplies(1_000_000);

        stored.Keep(Key("a"), 1, Reply(new string('x', bytes)) with { Status = status, ETag = hasTag ? new EntityTag("1") : null });

        Assert.Null(stored.Find(Key("a"), 1, compressed: false));
        Assert.Equal(0, stored.Bytes);
    }

    [Fact]
    public void Keep_BeyondTheMemory_GivesUpWhatWasNotAskedForAgain()
    {
        var stored = new StoredReplies(20_000);
        stored.Keep(Key("asked for"), 1, Reply(new string('x', 5_000)));
        stored.Keep(Key("forgotten"), 1, Reply(new string('x', 5_000)));
        Assert.NotNull(stored.Find(Key("asked for"), 1, compressed: false));

        stored.Keep(Key("third"), 1, Reply(new string('x', 5_000)));
        stored.Keep(Key("fourth"), 1, Reply(new string('x', 5_000)));

        Assert.NotNull(stored.Find(Key("asked for"), 1, compressed: false));
        Assert.Null(stored.Find(Key("forgotten"), 1, compressed: false));
        Assert.InRange(stored.Bytes, 1, 20_000);
    }

    [Fact]
    public void Keep_OfALaterRevision_TakesThePlaceOfTheFormer()
    {
        var stored = new StoredReplies(100_000);
        stored.Keep(Key("a"), 1, Reply("first"));
        var bytes = stored.Bytes;

        stored.Keep(Key("a"), 2, Reply("later"));

        Assert.Equal("later", Encoding.UTF8.GetString(stored.Find(Key("a"), 2, compressed: false)!.Body.Span));
        Assert.Equal(bytes, stored.Bytes);
    }

    [Fact]
    public void Find_ByAClientThatAcceptsCodings_CompressesOnceAndCountsIt()
    {
        var stored = new StoredReplies(100_000);
        stored.Keep(Key("a"), 1, Reply(new string('x', 5_000)));
        var before = stored.Bytes;

        var first = stored.Find(Key("a"), 1, compressed: true)!;
        var second = stored.Find(Key("a"), 1, compressed: true)!;

        Assert.Equal(["br", "zstd", "gzip"], first.Encoded.Select(form => form.Coding.Name));
        Assert.Same(first, second);
        Assert.Equal(before + first.Encoded.Sum(form => form.Body.Length), stored.Bytes);
    }

    private static ReplyKey Key(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.Path = "/odata/v1/offices";
        request.QueryString = new QueryString("?" + Uri.EscapeDataString(query));
        return ReplyKey.Of(request, "http://localhost/odata/v1/");
    }

    private static Reply Reply(string body) => new() { MediaType = "application/json", Body = Payload.Of(body), Compress = true, ETag = new EntityTag("1", IsWeak: true) };
}
