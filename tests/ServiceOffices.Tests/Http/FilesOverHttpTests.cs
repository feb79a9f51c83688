using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Exports;
using ServiceOffices.Http;
using ServiceOffices.OData;
using ServiceOffices.Publishing;

namespace ServiceOffices.Tests.Http;

/// <summary>Files of queries as they go over the wire: streamed, compressed and conditional.</summary>
public sealed class FilesOverHttpTests(PublishedTwice published)
{
    private const string Url = "/odata/v1/offices?$select=id,name&$format=csv";

    [Fact]
    public async Task Get_File_HasItsFieldsAndNoLength()
    {
        var answer = await GetAsync(Url);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("id,name\r\n", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
        Assert.Equal("text/csv; charset=utf-8", answer.Headers.ContentType);
        Assert.Equal("attachment; filename=\"offices.csv\"", answer.Headers.ContentDisposition);
        Assert.Equal("2", answer.Headers["Publication-Revision"]);
        Assert.Null(answer.Headers.ContentLength);
        Assert.Equal("Accept-Encoding,Accept,OData-MaxVersion,Prefer", answer.Headers.Vary.ToString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Get_WithAcceptEncoding_IsCompressedWhileItIsWritten(string coding)
    {
        var plain = await GetAsync(Url);

        var answer = await GetAsync(Url, ("Accept-Encoding", coding));

        Assert.Equal(coding, answer.Headers.ContentEncoding);
        using Stream input = coding == "br" ? new BrotliStream(new MemoryStream(answer.Body), CompressionMode.Decompress) : new GZipStream(new MemoryStream(answer.Body), CompressionMode.Decompress);
        using var output = new MemoryStream();
        await input.CopyToAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(plain.Body, output.ToArray());
    }

    [Fact]
    public async Task Get_WithIfNoneMatch_Is304()
    {
        var first = await GetAsync(Url);

        var again = await GetAsync(Url, ("If-None-Match", first.Headers.ETag.ToString()));

        Assert.Equal(304, again.Status);
        Assert.Empty(again.Body);
    }

    [Fact]
    public async Task Head_File_HasNoContent()
    {
        var answer = await Exchange.SendAsync(Endpoint().AnswerAsync, "HEAD", [], Url);

        Assert.Equal((200, "text/csv; charset=utf-8", 0), (answer.Status, answer.Headers.ContentType.ToString(), answer.Body.Length));
    }

    [Fact]
    public async Task Batch_OfAFile_IsRefused()
    {
        var answer = await GetAsync("/odata/v1/$batch", "POST", """{"requests":[{"id":"1","method":"get","url":"offices?$format=csv"}]}""", ("Content-Type", "application/json"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"status\":406", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
    }

    private Task<Exchange> GetAsync(string path, params (string Name, string Value)[] headers) =>
        Exchange.SendAsync(Endpoint().AnswerAsync, "GET", headers, path);

    private Task<Exchange> GetAsync(string path, string method, string body, params (string Name, string Value)[] headers) =>
        Exchange.SendAsync(
            context =>
            {
                context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
                return Endpoint().AnswerAsync(context);
            },
            method, headers, path);

    private ODataEndpoint Endpoint()
    {
        var time = new FakeTimeProvider(PublishedTwice.Second);
        var service = new ODataService(RegisterModel.Model, new ODataOptions { Files = ExportFormats.OfQueries }, new PublicationTables(published.Current, time), time);
        return new ODataEndpoint(published.Boundary, service, new StoredReplies(0), new PublicAddress(null), ODataEndpoint.RegisterRoot);
    }
}
