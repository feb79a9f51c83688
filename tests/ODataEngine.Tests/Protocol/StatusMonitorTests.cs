using System.Text;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary>Asynchronous requests (OData 4.01 Part 1, 11.6 and 8.3.1).</summary>
public sealed class StatusMonitorTests
{
    private static readonly SampleEngine Engine = new(new ODataOptions { FileFormats = ExportFormats.ForQueries }, FixedSamples.Tables);

    [Theory]
    // A 4.0 client without Accept, and any client that names the type, gets the HTTP message.
    [InlineData(null, null, true)]
    [InlineData("4.0", null, true)]
    [InlineData("4.0", "application/http", true)]
    [InlineData("4.01", "application/http", true)]
    [InlineData("4.01", "application/json, application/http;q=0.5", true)]
    // A 4.01 client, and a 4.0 client that accepts something else, gets AsyncResult.
    [InlineData("4.01", null, false)]
    [InlineData("4.0", "application/json", false)]
    [InlineData(null, "*/*", false)]
    [InlineData(null, "application/http;q=0, application/json", false)]
    public void Monitor_Accept_SelectsRepresentation(string? maxVersion, string? accept, bool isMessage)
    {
        var response = GetMonitor("samples(1)/name", Headers(maxVersion, accept));

        Assert.Equal(200, response.Status);
        Assert.Equal(isMessage, response.ContentType == "application/http");
        Assert.Equal(isMessage && maxVersion != "4.01" ? null : "200", Header(response, "AsyncResult"));
        Assert.Equal(["Accept", "OData-MaxVersion", "Prefer"], response.Vary);
    }

    [Fact]
    public void Message_OfResult_IsWholeResponse()
    {
        var expected = Engine.Get("samples(1)?$select=name", ("Accept", "application/json;odata.metadata=none"));

        var text = Text(GetMonitor("samples(1)?$select=name", [], ("Accept", "application/json;odata.metadata=none")));

        var (head, body) = Split(text);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"Content-Type: {expected.ContentType}", head.Split("\r\n"));
        Assert.Contains($"ETag: {expected.ETag}", head.Split("\r\n"));
        Assert.Contains($"Content-Length: {expected.Body.Length}", head.Split("\r\n"));
        Assert.Equal(Text(expected), body);
    }

    [Theory]
    [InlineData("samples(99)", "404", "HTTP/1.1 404 Not Found")]
    [InlineData("samples?$filter=nothing", "400", "HTTP/1.1 400 Bad Request")]
    [InlineData("samples(1)/parent", "204", "HTTP/1.1 204 No Content")]
    public void Monitor_OtherStatus_IsInResult(string url, string status, string statusLine)
    {
        var message = GetMonitor(url, []);
        var result = GetMonitor(url, Headers("4.01", null));

        Assert.Equal((200, 200, status), (message.Status, result.Status, Header(result, "AsyncResult")));
        Assert.Equal(statusLine, Text(message).Split("\r\n")[0]);
        Assert.Equal(Split(Text(message)).Body, Text(result));
    }

    [Fact]
    public void Message_OfFile_ContainsFile()
    {
        var (head, body) = Split(Text(GetMonitor("samples?$select=id&$format=csv", [])));

        Assert.Contains("Content-Type: text/csv", head, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(body)}", head.Split("\r\n"));
        Assert.EndsWith("1\r\n2\r\n3\r\n4\r\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples?$format=csv")]
    [InlineData("samples?$format=xlsx")]
    [InlineData("samples?$apply=concat(identity,identity,identity,identity)")]
    public void Message_AboveMemoryLimit_IsRejected(string url)
    {
        var rows = new SampleRows(seed: 7, samples: 2000, groups: 3);
        SampleEngine engine = new(rows.Samples, rows.Groups, new ODataOptions { FileFormats = ExportFormats.ForQueries, Limits = new ODataLimits { MaxMemoryBytes = 64 * 1024 } });
        var monitorUrl = Header(engine.Get(url, ("Prefer", "respond-async")), "Location")![SampleEngine.Root.Length..];

        var text = Text(engine.Get(monitorUrl));

        Assert.Contains("\"LimitExceeded\"", text, StringComparison.Ordinal);
        Assert.Contains("(MaxMemoryBytes)", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 0, 4096);
    }

    // 11.6: 405 where cancellation is not supported, 404 for a monitor that does not exist.
    [Theory]
    [InlineData("DELETE", null, 405)]
    [InlineData("GET", "$async/unknown", 404)]
    public void Monitor_OtherRequest_ReturnsStatus(string method, string? path, int status) =>
        Assert.Equal(status, Engine.Send(method, path ?? GetMonitorUrl("samples"), default, []).Status);

    private static ODataResponse GetMonitor(string url, (string Name, string Value)[] monitorHeaders, params (string Name, string Value)[] headers) =>
        Engine.Get(GetMonitorUrl(url, headers), monitorHeaders);

    private static string GetMonitorUrl(string url, params (string Name, string Value)[] headers)
    {
        var accepted = Engine.Get(url, [.. headers, ("Prefer", "respond-async")]);
        Assert.Equal((202, "respond-async"), (accepted.Status, Header(accepted, "Preference-Applied")));
        return Header(accepted, "Location")![SampleEngine.Root.Length..];
    }

    private static (string Name, string Value)[] Headers(string? maxVersion, string? accept) =>
        [.. new (string Name, string? Value)[] { ("OData-MaxVersion", maxVersion), ("Accept", accept) }.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))];

    private static string? Header(ODataResponse response, string name) => response.Headers.FirstOrDefault(header => header.Name == name).Value;

    private static string Text(ODataResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    private static (string Head, string Body) Split(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (message[..end], message[(end + 4)..]);
    }
}
