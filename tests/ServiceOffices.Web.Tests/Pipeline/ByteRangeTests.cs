using System.Text;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests range requests (RFC 9110, 14).</summary>
public sealed class ByteRangeTests
{
    private static readonly byte[] Alphabet = Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwxyz");

    private static readonly Reply File = new()
    {
        MediaType = "text/csv",
        Body = ReplyBody.From(Alphabet),
        EncodedBodies = [(ContentCoding.Gzip, ContentCoding.Gzip.CompressSmallest(Alphabet))],
        ETag = new EntityTag("v1"),
        LastModified = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        AcceptsRanges = true,
    };

    [Theory]
    [InlineData("bytes=0-0", "a", "bytes 0-0/26")]
    [InlineData("bytes=2-4", "cde", "bytes 2-4/26")]
    [InlineData("bytes=23-", "xyz", "bytes 23-25/26")]
    [InlineData("bytes=-2", "yz", "bytes 24-25/26")]
    [InlineData("bytes=-100", "abcdefghijklmnopqrstuvwxyz", "bytes 0-25/26")]
    [InlineData("bytes=20-999", "uvwxyz", "bytes 20-25/26")]
    public async Task Range_Single_Returns206(string range, string content, string contentRange)
    {
        var response = await HttpExchange.SendAsync(File, headers: [("Range", range), ("Accept-Encoding", "gzip")]);

        Assert.Equal(206, response.Status);
        Assert.Equal(content, Encoding.ASCII.GetString(response.Body));
        Assert.Equal(contentRange, response.Headers.ContentRange);
        Assert.Equal(content.Length, response.Headers.ContentLength);
        Assert.Equal("\"v1\"", response.Headers.ETag);
        Assert.Equal(0, response.Headers.ContentEncoding.Count);
    }

    [Theory]
    [InlineData("bytes=26-")]
    [InlineData("bytes=99-100")]
    [InlineData("bytes=-0")]
    public async Task Range_OutsideContent_Returns416(string range)
    {
        var response = await HttpExchange.SendAsync(File, headers: ("Range", range));

        Assert.Equal(416, response.Status);
        Assert.Equal("bytes */26", response.Headers.ContentRange);
        Assert.Equal("application/problem+json", response.Headers.ContentType);
    }

    [Theory]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("bytes=4-2")]
    [InlineData("items=0-1")]
    [InlineData("bytes")]
    public async Task Range_MultipleOrMalformed_Returns200(string range)
    {
        var response = await HttpExchange.SendAsync(File, headers: ("Range", range));

        Assert.Equal(200, response.Status);
        Assert.Equal(Alphabet, response.Body);
        Assert.Equal("bytes", response.Headers.AcceptRanges);
    }

    [Theory]
    [InlineData("\"v1\"", 206)]
    [InlineData("\"v0\"", 200)]
    [InlineData("W/\"v1\"", 200)] // 13.1.5: strong comparison
    [InlineData("\"v1-gzip\"", 200)] // ranges apply to the content without encoding
    [InlineData("Fri, 02 Jan 2026 03:04:05 GMT", 206)]
    [InlineData("Fri, 02 Jan 2026 03:04:06 GMT", 200)]
    [InlineData("nonsense", 200)]
    public async Task IfRange_Value_Answers(string value, int status)
    {
        var response = await HttpExchange.SendAsync(File, headers: [("Range", "bytes=0-1"), ("If-Range", value)]);

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task Range_OnHead_IsIgnored()
    {
        var response = await HttpExchange.SendAsync(File, "HEAD", null, ("Range", "bytes=0-1"));

        Assert.Equal(200, response.Status);
        Assert.Equal(26, response.Headers.ContentLength);
    }

    [Fact]
    public async Task Range_WithoutAcceptRanges_IsIgnored()
    {
        var response = await HttpExchange.SendAsync(File with { AcceptsRanges = false }, headers: ("Range", "bytes=0-1"));

        Assert.Equal(200, response.Status);
        Assert.Equal(0, response.Headers.AcceptRanges.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Range_OnStream_ReadsRequestedPart(bool seekable)
    {
        List<(long Offset, long Length)> opened = [];
        var body = ReplyBody.From(26, (offset, length, _) =>
        {
            opened.Add((offset, length));
            var part = Alphabet[(int)offset..(int)(offset + length)];
            return ValueTask.FromResult<Stream>(seekable ? new MemoryStream(part) : new ForwardOnly(part));
        });

        var response = await HttpExchange.SendAsync(File with { Body = body, EncodedBodies = [] }, headers: ("Range", "bytes=2-4"));

        Assert.Equal("cde", Encoding.ASCII.GetString(response.Body));
        Assert.Equal((2, 3), Assert.Single(opened));
    }

    private sealed class ForwardOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
