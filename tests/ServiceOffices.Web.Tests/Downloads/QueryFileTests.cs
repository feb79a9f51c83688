using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Downloads;

/// <summary>Tests files of query results: streaming, compression and conditional requests.</summary>
public sealed class QueryFileTests(TwoRevisionsFixture published)
{
    private const string Url = "/odata/v1/offices?$select=id,name&$format=csv";

    [Fact]
    public async Task Get_File_HasHeadersWithoutContentLength()
    {
        var response = await GetAsync(Url);

        Assert.Equal(200, response.Status);
        Assert.StartsWith("id,name\r\n", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
        Assert.Equal("text/csv; charset=utf-8", response.Headers.ContentType);
        Assert.Equal("attachment; filename=\"offices.csv\"", response.Headers.ContentDisposition);
        Assert.Equal("2", response.Headers["Publication-Revision"]);
        Assert.Null(response.Headers.ContentLength);
        Assert.Equal("Accept-Encoding,Accept,OData-MaxVersion,Prefer", response.Headers.Vary.ToString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Get_AcceptEncoding_IsCompressedWhileStreaming(string coding)
    {
        var plain = await GetAsync(Url);

        var response = await GetAsync(Url, ("Accept-Encoding", coding));

        Assert.Equal(coding, response.Headers.ContentEncoding);
        using Stream input = coding == "br" ? new BrotliStream(new MemoryStream(response.Body), CompressionMode.Decompress) : new GZipStream(new MemoryStream(response.Body), CompressionMode.Decompress);
        using var output = new MemoryStream();
        await input.CopyToAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(plain.Body, output.ToArray());
    }

    [Fact]
    public async Task Get_IfNoneMatch_Returns304()
    {
        var first = await GetAsync(Url);

        var again = await GetAsync(Url, ("If-None-Match", first.Headers.ETag.ToString()));

        Assert.Equal(304, again.Status);
        Assert.Empty(again.Body);
    }

    [Fact]
    public async Task Head_File_HasNoContent()
    {
        var response = await HttpExchange.SendAsync(Endpoint().HandleAsync, "HEAD", [], Url);

        Assert.Equal((200, "text/csv; charset=utf-8", 0), (response.Status, response.Headers.ContentType.ToString(), response.Body.Length));
    }

    [Fact]
    public async Task Batch_FileFormat_IsRejected()
    {
        var response = await GetAsync("/odata/v1/$batch", "POST", """{"requests":[{"id":"1","method":"get","url":"offices?$format=csv"}]}""", ("Content-Type", "application/json"));

        Assert.Equal(200, response.Status);
        Assert.Contains("\"status\":406", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    private Task<HttpExchange> GetAsync(string path, params (string Name, string Value)[] headers) =>
        HttpExchange.SendAsync(Endpoint().HandleAsync, "GET", headers, path);

    private Task<HttpExchange> GetAsync(string path, string method, string body, params (string Name, string Value)[] headers) =>
        HttpExchange.SendAsync(
            context =>
            {
                context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
                return Endpoint().HandleAsync(context);
            },
            method, headers, path);

    private ODataEndpoint Endpoint()
    {
        var time = new FakeTimeProvider(TwoRevisionsFixture.SecondPublishedAt);
        var service = new ODataService(RegisterModel.Model, new ODataOptions { FileFormats = ExportFormats.ForQueries }, new PublicationTableSource(published.Current, time), time);
        return new ODataEndpoint(published.Boundary, service, new ReplyCache(0), new PublicUrl(null), ODataEndpoint.ServiceRootPath);
    }
}
