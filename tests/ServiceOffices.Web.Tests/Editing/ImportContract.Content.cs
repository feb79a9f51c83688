using System.Net;
using System.Net.Sockets;
using System.Text;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Editing;

public abstract partial class ImportContract
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Content_Compressed_IsAccepted(string coding)
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports?dryRun=true", Compress(coding, Encoding.UTF8.GetBytes("id,note\nstoruman,x\n")), EditorClient.Csv, ("Content-Encoding", coding));

        Assert.Equal((HttpStatusCode.OK, 1), (response.Status, response.Object["differences"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Content_DecompressedTooLarge_Returns413(string coding)
    {
        var bomb = Compress(coding, new byte[50_000_000]);
        Assert.InRange(bomb.Length, 0, 500_000);

        var response = await Editor.SendAsync("POST", "/register/imports", bomb, EditorClient.Csv, ("Content-Encoding", coding));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
        Assert.Contains("Editing:MaxImportBytes", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", 400)]
    [InlineData("br", 400)]
    [InlineData("zip", 415)]
    public async Task Content_TruncatedEncoding_IsRejected(string coding, int status)
    {
        var whole = Compress(coding == "br" ? "br" : "gzip", Encoding.UTF8.GetBytes("id,note\n" + string.Concat(Enumerable.Range(0, 2000).Select(index => $"storuman-{index},{Guid.NewGuid()}\n"))));

        var response = await Editor.SendAsync("POST", "/register/imports", whole[..(whole.Length / 2)], EditorClient.Csv, ("Content-Encoding", coding));

        Assert.Equal(status, (int)response.Status);
    }

    [Fact]
    public async Task Content_TooLarge_Returns413BeforeReading()
    {
        var response = await Editor.SendAsync("POST", "/register/imports", new byte[1_000_001], EditorClient.Csv);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
    }

    [Fact]
    public async Task Content_Of200Megabytes_Returns413BeforeSending()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Host.Client.BaseAddress!.Host, Host.Client.BaseAddress.Port, Now);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"POST /register/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-functions-key: {RunningHost.Key}\r\nContent-Type: text/csv\r\nContent-Length: 209715200\r\n\r\n"), Now);
        using StreamReader reader = new(stream);

        Assert.StartsWith("HTTP/1.1 413", await reader.ReadLineAsync(Now), StringComparison.Ordinal);
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Content_EndlessUnknownLength_Returns413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register/imports") { Content = new StreamContent(new EndlessRows()) };
        request.Headers.Add("x-functions-key", RunningHost.Key);
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv");

        HttpStatusCode? status = null;
        try
        {
            using var response = await Host.Client.SendAsync(request, Now);
            status = response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server may close the connection after its response while the client is still sending.
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        await AssertNothingWasWrittenAsync();
    }
}
