using System.IO.Compression;
using System.Text;
using ServiceOffices.Web.Pipeline;
using ZstdSharp;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests content codings (RFC 9110, 8.4 and 12.5.3).</summary>
public sealed class ContentCodingTests
{
    private static readonly string Content = string.Concat(Enumerable.Repeat("Östersund, Åsele, Ängelholm; ", 100));

    private static readonly Reply Page = new()
    {
        MediaType = "application/json",
        Body = ReplyBody.From(Content),
        IsCompressible = true,
        ETag = new EntityTag("v1"),
        Vary = ["Accept"],
    };

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0, *", "zstd")]
    [InlineData("*", "br")]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("identity;q=0.5, gzip;q=0.5", "gzip")]
    [InlineData("gzip;q=0", null)]
    [InlineData("identity;q=0", null)] // None is acceptable: uncompressed content instead of an error.
    [InlineData("lzma, compress", null)]
    [InlineData(";;;", null)]
    public async Task AcceptEncoding_Value_ChoosesCoding(string? value, string? coding)
    {
        var response = await HttpExchange.SendAsync(Page, headers: value is null ? [] : [("Accept-Encoding", value)]);

        Assert.Equal(coding, (string?)response.Headers.ContentEncoding);
        Assert.Equal(coding is null ? "\"v1\"" : $"\"v1-{coding}\"", response.Headers.ETag);
        Assert.Equal("Accept-Encoding,Accept", response.Headers.Vary.ToString());
        Assert.Equal(response.Body.Length, response.Headers.ContentLength);
        Assert.Equal(Content, Decode(response.Body, coding));
    }

    [Fact]
    public async Task Compress_ShortBody_IsSentUncompressed()
    {
        var response = await HttpExchange.SendAsync(Page with { Body = ReplyBody.From("short") }, headers: ("Accept-Encoding", "gzip"));

        Assert.Equal(0, response.Headers.ContentEncoding.Count);
        Assert.Equal("Accept-Encoding,Accept", response.Headers.Vary.ToString());
    }

    [Fact]
    public async Task Head_Compressed_HasContentLengthOfGet()
    {
        var get = await HttpExchange.SendAsync(Page, headers: ("Accept-Encoding", "br"));
        var head = await HttpExchange.SendAsync(Page, "HEAD", null, ("Accept-Encoding", "br"));

        Assert.Empty(head.Body);
        Assert.Equal(get.Headers.ContentLength, head.Headers.ContentLength);
    }

    [Fact]
    public async Task Encode_PrecompressedContent_IsSentAsIs()
    {
        var prepared = ContentCoding.Brotli.CompressSmallest(Encoding.UTF8.GetBytes(Content));
        var file = Page with { IsCompressible = false, EncodedBodies = [(ContentCoding.Brotli, prepared)] };

        var brotli = await HttpExchange.SendAsync(file, headers: ("Accept-Encoding", "gzip, br"));
        var gzip = await HttpExchange.SendAsync(file, headers: ("Accept-Encoding", "gzip"));

        Assert.Equal(prepared.Length, brotli.Headers.ContentLength);
        Assert.Equal(Content, Decode(brotli.Body, "br"));
        Assert.Equal(0, gzip.Headers.ContentEncoding.Count);
    }

    private static string Decode(byte[] body, string? coding)
    {
        using var bytes = new MemoryStream(body);
        using Stream decoded = coding switch
        {
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "zstd" => new DecompressionStream(bytes),
            _ => bytes,
        };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
