using System.Text;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class ReplyCacheTests
{
    private const string Root = "http://localhost/odata/v1/";

    [Fact]
    public void TryGet_SameRevision_ReturnsCachedReply()
    {
        var stored = new ReplyCache(100_000);
        var reply = Reply("a");

        stored.Add(Key("a"), 1, reply);

        Assert.Same(reply, stored.TryGet(Key("a"), 1, compressed: false));
        Assert.Null(stored.TryGet(Key("b"), 1, compressed: false));
    }

    [Fact]
    public void TryGet_LaterRevision_ReturnsNull()
    {
        var stored = new ReplyCache(100_000);

        stored.Add(Key("a"), 1, Reply("a"));

        Assert.Null(stored.TryGet(Key("a"), 2, compressed: false));
    }

    [Theory]
    [InlineData(404, true, 100)]
    [InlineData(200, false, 100)]
    [InlineData(200, true, 65 * 1024)]
    public void Add_PrivateOrLargeReply_IsNotCached(int status, bool hasTag, int bytes)
    {
        var stored = new ReplyCache(1_000_000);

        stored.Add(Key("a"), 1, Reply(new string('x', bytes)) with { Status = status, ETag = hasTag ? new EntityTag("1") : null });

        Assert.Null(stored.TryGet(Key("a"), 1, compressed: false));
        Assert.Equal(0, stored.Bytes);
    }

    // A client chooses the URL and the headers, which are part of the key.
    [Fact]
    public void Add_LongKeys_AreNotCached()
    {
        var stored = new ReplyCache(1_000_000);

        stored.Add(Key(new string('x', 5_000)), 1, Reply("a"));
        Assert.Equal(0, stored.Bytes);

        for (var i = 0; i < 2_000; i++)
        {
            stored.Add(Key($"{i}{new string('x', 3_000)}"), 1, Reply("a"));
            Assert.InRange(stored.Bytes, 6_000, 1_000_000);
        }
    }

    [Fact]
    public void Add_BeyondCapacity_EvictsUnusedReplies()
    {
        var stored = new ReplyCache(20_000);
        stored.Add(Key("asked for"), 1, Reply(new string('x', 5_000)));
        stored.Add(Key("forgotten"), 1, Reply(new string('x', 5_000)));
        Assert.NotNull(stored.TryGet(Key("asked for"), 1, compressed: false));

        stored.Add(Key("third"), 1, Reply(new string('x', 5_000)));
        stored.Add(Key("fourth"), 1, Reply(new string('x', 5_000)));

        Assert.NotNull(stored.TryGet(Key("asked for"), 1, compressed: false));
        Assert.Null(stored.TryGet(Key("forgotten"), 1, compressed: false));
        Assert.InRange(stored.Bytes, 1, 20_000);
    }

    [Fact]
    public void Add_LaterRevision_ReplacesGeneration()
    {
        var stored = new ReplyCache(100_000);
        stored.Add(Key("a"), 1, Reply("first"));
        var bytes = stored.Bytes;

        stored.Add(Key("a"), 2, Reply("later"));

        Assert.Equal("later", Encoding.UTF8.GetString(stored.TryGet(Key("a"), 2, compressed: false)!.Body.Span));
        Assert.Equal(bytes, stored.Bytes);
    }

    [Fact]
    public void TryGet_AcceptEncoding_CompressesOnce()
    {
        var stored = new ReplyCache(100_000);
        stored.Add(Key("a"), 1, Reply(new string('x', 5_000)));
        var before = stored.Bytes;

        var first = stored.TryGet(Key("a"), 1, compressed: true)!;
        var second = stored.TryGet(Key("a"), 1, compressed: true)!;

        Assert.Equal(["br", "zstd", "gzip"], first.EncodedBodies.Select(form => form.Coding.Name));
        Assert.Same(first, second);
        Assert.Equal(before + first.EncodedBodies.Sum(form => form.Body.Length), stored.Bytes);
    }

    [Fact]
    public void TryGet_CachedReply_AllocatesNothing()
    {
        var stored = new ReplyCache(100_000);
        var request = Request("a");
        request.Headers.Accept = "application/json";
        stored.Add(ReplyCacheKey.Create(request, Root), 1, Reply("a"));

        var before = 0L;
        for (var i = 0; i < 1_000; i++)
        {
            // The first calls compile the code.
            before = i == 500 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Assert.NotNull(stored.TryGet(ReplyCacheKey.Create(request, Root), 1, compressed: false));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 499);
    }

    private static ReplyCacheKey Key(string query) => ReplyCacheKey.Create(Request(query), Root);

    private static HttpRequest Request(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.Path = "/odata/v1/offices";
        request.QueryString = new QueryString("?" + Uri.EscapeDataString(query));
        return request;
    }

    private static Reply Reply(string body) => new() { MediaType = "application/json", Body = ReplyBody.From(body), IsCompressible = true, ETag = new EntityTag("1", IsWeak: true) };
}
