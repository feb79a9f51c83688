using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary>Batch requests in both formats: OData 4.01 Part 1 (P), 11.7, and OData JSON Format 4.01 (J), 19.</summary>
public sealed partial class BatchTests
{
    private const string Multipart = "multipart/mixed;boundary=b";
    private const string Json = "application/json";

    private static readonly SampleRows Rows = new(seed: 5, samples: 0, groups: 60);
    private static readonly SampleEngine Engine = new(
        [new Sample { Id = 1, Name = "Älg", Text = "a", Big = 9007199254740993 }, new Sample { Id = 2, Name = "Ko", Text = "b" }, new Sample { Id = 3, Name = "Ren", Text = "c" }], Rows.Groups);

    // RFC 9112, 3: a target with a blank is malformed; it must not be cut there. P 11.7.1: the request fails, not the batch.
    [Theory]
    [InlineData("GET samples?$select=id&$orderby=id desc HTTP/1.1")]
    [InlineData("GET samples?$select=id&$orderby=id desc")]
    [InlineData("GET samples?$filter=id\teq 1 HTTP/1.1")]
    [InlineData("GET samples?$filter=name eq 'Älg' HTTP/1.1")]
    [InlineData("GET HTTP/1.1")]
    [InlineData("GET")]
    public void Multipart_MalformedRequestLine_Returns400ForTheRequest(string requestLine)
    {
        var parts = Parts(Engine.Batch(Multipart, Batch(Part("GET samples/$count HTTP/1.1"), Part(requestLine))));

        Assert.Equal([200, 400], parts.Select(part => part.Status));
        Assert.Contains("\"InvalidUrl\"", parts[1].Content, StringComparison.Ordinal);
    }

    // The examples of P 11.7.7.1 have no version. RFC 9112, 2.2: an empty line before the request line is ignored.
    [Theory]
    [InlineData("GET samples/$count HTTP/1.1")]
    [InlineData("GET samples/$count")]
    [InlineData("get  samples/$count  HTTP/1.1")]
    [InlineData("\r\nGET samples/$count HTTP/1.1")]
    [InlineData("GET /odata/samples/$count HTTP/1.1")]
    [InlineData("GET http://localhost/odata/samples/$count HTTP/1.1")]
    public void Multipart_RequestLineForms_Return200(string requestLine)
    {
        var part = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part(requestLine)))));

        Assert.Equal((200, "3"), (part.Status, part.Content));
    }

    [Fact]
    public void Batch_RawUtf8InUrl_IsReadAsUtf8()
    {
        const string url = "samples/$count?$filter=name%20eq%20'Älg'";

        var multipart = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part($"GET {url} HTTP/1.1")))));
        var json = Assert.Single(Responses(Engine.Batch(Json, $$"""{"requests":[{"id":"1","method":"get","url":"{{url}}"}]}""")));

        Assert.Equal((200, "1"), (multipart.Status, multipart.Content));
        Assert.Equal("1", json.GetProperty("body").GetString());
    }

    // J 19.4: without the preference all requests are processed. P 11.7.7.4: multipart stops on the first error.
    [Theory]
    [InlineData(null, 3, 2)]
    [InlineData("continue-on-error", 3, 3)]
    [InlineData("odata.continue-on-error=true", 3, 3)]
    [InlineData("continue-on-error=false", 2, 2)]
    public void ContinueOnError_SecondOfThreeFails_DecidesOnTheThird(string? prefer, int jsonResponses, int multipartResponses)
    {
        (string, string)[] headers = prefer is null ? [] : [("Prefer", prefer)];

        var json = Responses(Engine.Batch(Json, Requests("samples/$count", "nosuch", "samples/$count"), headers));
        var multipart = Parts(Engine.Batch(Multipart, Batch(Part("GET samples/$count HTTP/1.1"), Part("GET nosuch HTTP/1.1"), Part("GET samples/$count HTTP/1.1")), headers));

        Assert.Equal(new[] { 200, 404, 200 }.Take(jsonResponses), json.Select(Status));
        Assert.Equal(new[] { 200, 404, 200 }.Take(multipartResponses), multipart.Select(part => part.Status));
    }

    // J 19.1 and 19.5.
    [Fact]
    public void DependsOn_AtomicityGroup_IsExecutedAfterSuccessOfAll()
    {
        var responses = Responses(Engine.Batch(Json, """
            {"requests":[
              {"id":"1","atomicityGroup":"g1","method":"get","url":"samples(1)"},
              {"id":"2","atomicityGroup":"g1","method":"get","url":"$1/name/$value"},
              {"id":"3","dependsOn":["g1"],"method":"get","url":"$1/text/$value"}]}
            """));

        Assert.Equal([200, 200, 200], responses.Select(Status));
        Assert.Equal(["g1", "g1", null], responses.Select(Group));
        Assert.Equal("Älg", responses[1].GetProperty("body").GetString());
        Assert.Equal("a", responses[2].GetProperty("body").GetString());
    }

    // J 19.5: all requests of a group are considered failed where one fails; those not attempted are 424.
    [Fact]
    public void AtomicityGroup_OneFails_FailsDependants()
    {
        var responses = Responses(Engine.Batch(Json, """
            {"requests":[
              {"id":"1","atomicityGroup":"g1","method":"get","url":"samples(1)"},
              {"id":"2","atomicityGroup":"g1","method":"get","url":"samples(99)"},
              {"id":"3","atomicityGroup":"g1","method":"get","url":"samples(2)"},
              {"id":"4","dependsOn":["g1"],"method":"get","url":"samples(1)"},
              {"id":"5","dependsOn":["1"],"method":"get","url":"samples(1)"},
              {"id":"6","method":"get","url":"samples(1)"}]}
            """));

        Assert.Equal([200, 404, 424, 424, 424, 200], responses.Select(Status));
        Assert.Equal(["g1", "g1", "g1", null, null, null], responses.Select(Group));
    }

    [Theory]
    [InlineData("""{"id":"2","dependsOn":["1"],"method":"get","url":"samples(1)"}""")]
    [InlineData("""{"id":"2","dependsOn":["3"],"method":"get","url":"samples(1)"}""")]
    [InlineData("""{"id":"2","method":"get","url":"samples(1)","if":"$1/$succeeded"}""")]
    public void Json_UnmetDependencyOrCondition_Returns424(string request)
    {
        // J 19.1: forward references are not allowed, and a service without conditions answers 424.
        var responses = Responses(Engine.Batch(Json, $$"""{"requests":[{"id":"1","method":"get","url":"nosuch"},{{request}},{"id":"3","method":"get","url":"samples(1)"}]}"""));

        Assert.Equal([404, 424, 200], responses.Select(Status));
    }

    [Fact]
    public void AtomicityGroup_MemberWithCondition_FailsAll()
    {
        var responses = Responses(Engine.Batch(Json, """
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"get","url":"samples(1)"},
              {"id":"2","atomicityGroup":"g","method":"get","url":"samples(1)","if":"$1/$succeeded"}]}
            """));

        Assert.Equal([424, 424], responses.Select(Status));
    }

    // P 11.7.4: an id that equals a system resource cannot be referenced.
    [Fact]
    public void Reference_NameOfSystemResource_IsTheResource()
    {
        var responses = Responses(Engine.Batch(Json, """
            {"requests":[
              {"id":"metadata","method":"get","url":"samples(1)"},
              {"id":"2","dependsOn":["metadata"],"method":"get","url":"$metadata","headers":{"accept":"application/xml"}}]}
            """));

        Assert.StartsWith("<?xml", responses[1].GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_EncodedKey_IsDecodedOnce()
    {
        var responses = Responses(Engine.Batch(Json, """
            {"requests":[
              {"id":"1","method":"get","url":"groups('50%2525')"},
              {"id":"2","dependsOn":["1"],"method":"get","url":"$1/code/$value"}]}
            """));

        Assert.Equal([200, 200], responses.Select(Status));
        Assert.Equal("50%25", responses[1].GetProperty("body").GetString());
    }

    // P 8.2.1: requests without Accept inherit it; its ranges for multipart choose the format of the batch response (P 11.7.1).
    [Theory]
    [InlineData("application/json;IEEE754Compatible=true", "\"9007199254740993\"", true)]
    [InlineData("application/json;odata.metadata=none;IEEE754Compatible=true", "\"9007199254740993\"", false)]
    [InlineData("application/json;metadata=none, multipart/mixed;q=0.5", "9007199254740993", false)]
    [InlineData("multipart/mixed, application/json;metadata=none;q=0.5", "9007199254740993", false)]
    [InlineData("multipart/mixed", "9007199254740993", true)]
    public void Accept_OfTheBatch_IsInherited(string accept, string big, bool hasContext)
    {
        const string url = "samples(1)?$select=big";

        var toJson = Contents(Engine.Batch(Json, Requests(url), ("Accept", accept)));
        var toMultipart = Contents(Engine.Batch(Multipart, Batch(Part($"GET {url} HTTP/1.1")), ("Accept", accept)));

        foreach (var content in (string[])[Assert.Single(toJson), Assert.Single(toMultipart)])
        {
            using var body = JsonDocument.Parse(content);
            Assert.Equal(big, body.RootElement.GetProperty("big").GetRawText());
            Assert.Equal(hasContext, body.RootElement.TryGetProperty("@odata.context", out _));
        }
    }

    // P 8.2.1, 8.2.7 and 8.2.8: what a request states itself overrides what it would inherit.
    [Fact]
    public void Headers_OfARequest_OverrideInherited()
    {
        var responses = Responses(Engine.Batch(Json, """
            {"requests":[
              {"id":"1","method":"get","url":"samples?$select=id"},
              {"id":"2","method":"get","url":"samples?$select=id","headers":{"accept":"application/json;metadata=minimal","odata-maxversion":"4.0","prefer":"odata.maxpagesize=2"}}]}
            """, ("Accept", "application/json;metadata=none"), ("OData-MaxVersion", "4.01"), ("Prefer", "maxpagesize=1,track-changes")));

        var (inherited, own) = (responses[0].GetProperty("body"), responses[1].GetProperty("body"));
        Assert.Equal(1, inherited.GetProperty("value").GetArrayLength());
        Assert.False(inherited.TryGetProperty("@context", out _));
        Assert.True(inherited.TryGetProperty("@nextLink", out _));
        Assert.Equal(2, own.GetProperty("value").GetArrayLength());
        Assert.True(own.TryGetProperty("@odata.context", out _));
        Assert.Equal("4.0", responses[1].GetProperty("headers").GetProperty("odata-version").GetString());
    }

    // P 11.7.1: Accept chooses the format of the response; without it, or without a preference in it, it is that of the request.
    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("*/*", true, true)]
    [InlineData("*/*", false, false)]
    [InlineData("application/json, text/plain, */*", false, false)]
    [InlineData("multipart/mixed", true, false)]
    [InlineData("application/json", false, true)]
    [InlineData("application/json;q=0.1, multipart/*", true, false)]
    [InlineData("application/json, multipart/mixed;q=0", false, true)]
    public void Accept_OfTheBatch_ChoosesResponseFormat(string? accept, bool isJsonRequest, bool isJsonResponse)
    {
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];

        var response = isJsonRequest
            ? Engine.Batch(Json, Requests("samples/$count"), headers)
            : Engine.Batch(Multipart, Batch(Part("GET samples/$count HTTP/1.1")), headers);

        Assert.StartsWith(isJsonResponse ? Json : "multipart/mixed;boundary=", response.ContentType, StringComparison.Ordinal);
        Assert.Equal("3", Assert.Single(Contents(response)));
    }

    [Fact]
    public void Accept_NeitherFormat_Returns406()
    {
        var response = Engine.Batch(Json, Requests("samples"), ("Accept", "application/atom+xml"));

        Assert.Equal((406, "NotAcceptable"), Error(response));
    }

    // J 19.5: id is that of Content-ID, atomicityGroup is common to a change set.
    [Fact]
    public void Multipart_JsonResponse_HasIdsAndGroups()
    {
        var content = Batch(Part("GET samples(1) HTTP/1.1", id: "x"), ChangeSet(Part("GET samples(1) HTTP/1.1", id: "1"), Part("GET samples(2) HTTP/1.1", id: "2")), Part("GET nosuch HTTP/1.1"));

        var responses = Responses(Engine.Batch(Multipart, content, ("Accept", Json)));

        Assert.Equal(["x", "1", "2", null], responses.Select(response => response.TryGetProperty("id", out var id) ? id.GetString() : null));
        Assert.Equal([null, "changeset1", "changeset1", null], responses.Select(Group));
        Assert.Equal([200, 200, 200, 404], responses.Select(Status));
    }

    // P 11.7.7.5: one body part for each request, with the id as Content-ID.
    [Fact]
    public void Json_MultipartResponse_HasContentIds()
    {
        var parts = Parts(Engine.Batch(Json, """
            {"requests":[
              {"id":"a","atomicityGroup":"g","method":"get","url":"samples(1)"},
              {"id":"b","atomicityGroup":"g","method":"get","url":"samples(99)"}]}
            """, ("Accept", "multipart/mixed")));

        Assert.Equal([("a", 200), ("b", 404)], parts.Select(part => (part.Id, part.Status)));
    }

    // P 11.7.7.5: the response has the structure of the request, and one response for a change set that failed.
    [Fact]
    public void ChangeSet_OneFailsOrTwo_HasOneResponse()
    {
        var succeeding = ChangeSet(Part("GET samples(1) HTTP/1.1", id: "1"), Part("GET $1/name/$value HTTP/1.1", id: "2"));
        var failing = ChangeSet(Part("GET samples(1) HTTP/1.1", id: "3"), Part("DELETE samples(1) HTTP/1.1", id: "4"), Part("PATCH samples(2) HTTP/1.1", id: "5"));

        var response = Engine.Batch(Multipart, Batch(succeeding, failing, Part("GET samples/$count HTTP/1.1", id: "6")), ("Prefer", "continue-on-error"));

        Assert.Equal([("1", 200), ("2", 200), ("4", 405), ("6", 200)], Parts(response).Select(part => (part.Id, part.Status)));
        Assert.Equal(1, Text(response).Split("Content-Type: multipart/mixed").Length - 1);
        Assert.Equal(4, Text(response).Split("Content-Type: application/http").Length - 1);
    }

    [Fact]
    public void ChangeSet_MalformedRequest_FailsAll()
    {
        var response = Engine.Batch(Multipart, Batch(ChangeSet(Part("GET samples(1) HTTP/1.1", id: "1"), Part("GET samples?$orderby=id desc HTTP/1.1", id: "2"))));

        Assert.Equal([("2", 400)], Parts(response).Select(part => (part.Id, part.Status)));
    }

    // P 11.7: preconditions are evaluated as outside of a batch (RFC 9110, 13.1 and 13.2.2). The engine's tags are weak.
    [Theory]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "{tag}", 304)]
    [InlineData("If-None-Match", "W/\"other\", {tag}", 304)]
    [InlineData("If-None-Match", "{strong}", 304)]
    [InlineData("If-None-Match", "W/\"999\"", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "W/\"999\"", 412)]
    [InlineData("If-Match", "{tag}", 412)]
    [InlineData("If-Match", "{strong}", 412)]
    [InlineData("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 304)]
    [InlineData("If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT", 200)]
    [InlineData("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT", 412)]
    [InlineData("If-Unmodified-Since", "no date", 200)]
    public void Precondition_OfARequest_IsEvaluated(string name, string value, int status)
    {
        var tag = Engine.Get("samples(1)").ETag!;
        value = value.Replace("{tag}", tag, StringComparison.Ordinal).Replace("{strong}", tag[2..], StringComparison.Ordinal);

        var multipart = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part("GET samples(1) HTTP/1.1", $"{name}: {value}\r\n")))));
        var json = Assert.Single(Responses(Engine.Batch(Json, $$"""{"requests":[{"id":"1","method":"get","url":"samples(1)","headers":{"{{name}}":{{JsonSerializer.Serialize(value)}}} }]}""")));

        Assert.Equal(status, multipart.Status);
        Assert.Equal(status, Status(json));
        Assert.Equal(status == 304, multipart.Content.Length == 0);
    }

    // P 11.7.7.6: respond-async of a request is ignored.
    [Fact]
    public void RespondAsync_OfARequest_IsIgnored()
    {
        var multipart = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part("GET samples(1) HTTP/1.1", "Prefer: respond-async, maxpagesize=1\r\n")))));
        var json = Assert.Single(Responses(Engine.Batch(Json, """{"requests":[{"id":"1","method":"get","url":"samples(1)","headers":{"prefer":"respond-async"}}]}""")));

        Assert.Equal(200, multipart.Status);
        Assert.Equal(200, Status(json));
    }

    [Fact]
    public void Multipart_NestedDeeply_Returns400InLinearTime()
    {
        var content = string.Concat(Enumerable.Range(0, 5_000).Select(level => $"--{(level == 0 ? "b" : $"b{level}")}\r\nContent-Type: multipart/mixed;boundary=b{level + 1}\r\n\r\n"))
            + string.Concat(Enumerable.Range(0, 5_001).Reverse().Select(level => $"\r\n--{(level == 0 ? "b" : $"b{level}")}--"));
        var watch = Stopwatch.StartNew();

        var response = Engine.Batch(Multipart, content);

        Assert.Equal((400, "InvalidBatch"), Error(response));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_000);
    }

    // docs/limits.md: 100 header lines of one request.
    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    [InlineData(100_000, 400)]
    public void Batch_HeaderLines_AreLimited(int lines, int status)
    {
        var headers = string.Concat(Enumerable.Range(0, lines).Select(i => $"a{i}: b\r\n"));
        var members = string.Join(',', Enumerable.Range(0, lines).Select(i => $"\"a{i}\":\"b\""));
        var watch = Stopwatch.StartNew();

        var inRequest = Engine.Batch(Multipart, Batch(Part("GET samples HTTP/1.1", headers)));
        var inPart = Engine.Batch(Multipart, Batch($"{headers.Replace("a0: b", "Content-Type: application/http", StringComparison.Ordinal)}\r\nGET samples HTTP/1.1\r\n\r\n"));
        var json = Engine.Batch(Json, $$"""{"requests":[{"id":"1","method":"get","url":"samples","headers":{{{members}}} }]}""");

        Assert.All([inRequest, inPart, json], response => Assert.Equal(status, response.Status));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5_000);
    }

    // RFC 2046, 5.1.1: quotes, blanks after the delimiter, a preamble and an epilogue.
    [Theory]
    [InlineData("multipart/mixed; boundary=\"a,b;c\"", "a,b;c")]
    [InlineData("multipart/mixed; charset=utf-8; boundary=batch(1)", "batch(1)")]
    [InlineData("Multipart/Mixed;BOUNDARY=b;x=y", "b")]
    public void Boundary_EachForm_IsAccepted(string contentType, string boundary)
    {
        var content = "preamble\r\n" + Batch(Part("GET samples/$count HTTP/1.1"))
            .Replace("--b\r\n", $"--{boundary} \t\r\n", StringComparison.Ordinal).Replace("--b--", $"--{boundary}--", StringComparison.Ordinal) + "epilogue";

        Assert.Equal("3", Assert.Single(Parts(Engine.Batch(contentType, content))).Content);
        Assert.Equal("3", Assert.Single(Parts(Engine.Batch(contentType, content.Replace("\r\n", "\n", StringComparison.Ordinal)))).Content);
    }

    [Theory]
    [InlineData("multipart/mixed", "--b--")]
    [InlineData("multipart/mixed;boundary=", "--b--")]
    [InlineData("multipart/mixed;boundary=\"b", "--b--")]
    [InlineData(Multipart, "")]
    [InlineData(Multipart, "--b\r\nContent-Type: application/http\r\n\r\nGET samples HTTP/1.1\r\n\r\n")]
    [InlineData(Multipart, "--b\r\n--b--")]
    [InlineData(Multipart, "--b\r\nContent-Type: text/plain\r\n\r\nGET samples HTTP/1.1\r\n\r\n--b--")]
    [InlineData(Multipart, "--b\r\nContent-Type application/http\r\n\r\nGET samples HTTP/1.1\r\n\r\n--b--")]
    [InlineData(Json, "")]
    [InlineData(Json, "[]")]
    [InlineData(Json, "{}")]
    [InlineData(Json, """{"requests":[null]}""")]
    [InlineData(Json, """{"requests":[{"id":"1","method":"get"}]}""")]
    [InlineData(Json, """{"requests":[{"id":"\ud800","method":"get","url":"samples"}]}""")]
    [InlineData(Json, """{"requests":[{"id":"1\r\n","method":"get","url":"samples"}]}""")]
    [InlineData(Json, """{"requests":[{"id":"1","method":"get","url":"samples"},{"id":"1","method":"get","url":"samples"}]}""")]
    [InlineData(Json, """{"requests":[{"id":"1","method":"get","url":"samples"},{"id":"2","atomicityGroup":"1","method":"get","url":"samples"}]}""")]
    [InlineData(Json, """{"requests":[{"id":"1","atomicityGroup":"g","method":"get","url":"samples"},{"id":"2","method":"get","url":"samples"},{"id":"3","atomicityGroup":"g","method":"get","url":"samples"}]}""")]
    public void Batch_Malformed_Returns400(string contentType, string content)
    {
        Assert.Equal((400, "InvalidBatch"), Error(Engine.Batch(contentType, content)));
    }

    [Theory]
    [InlineData("Accept application/json")]
    [InlineData(" folded: line")]
    [InlineData("X: \u0001")]
    public void Multipart_MalformedHeaderLine_Returns400ForTheRequest(string line)
    {
        var part = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part("GET samples HTTP/1.1", line + "\r\n")))));

        Assert.Equal(400, part.Status);
        Assert.Contains("\"InvalidBatch\"", part.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://other.example/odata/samples", 400)]
    [InlineData("/other/samples", 400)]
    [InlineData("$batch", 400)]
    [InlineData("$9/name", 404)]
    public void Url_OutsideOfTheService_IsRejected(string url, int status)
    {
        Assert.Equal(status, Status(Assert.Single(Responses(Engine.Batch(Json, Requests(url))))));
    }

    [Fact]
    public void Batch_TooManyRequests_Returns413()
    {
        var part = Part("GET samples/$count HTTP/1.1");

        Assert.Equal(100, Parts(Engine.Batch(Multipart, Batch([.. Enumerable.Repeat(part, 100)]))).Count);
        Assert.Equal((413, "LimitExceeded"), Error(Engine.Batch(Multipart, Batch([.. Enumerable.Repeat(part, 101)]))));
        Assert.Equal((415, "UnsupportedMediaType"), Error(Engine.Batch("application/jsonx", Requests("samples"))));
    }

    [Fact]
    public void Query_InBatch_ReadsItsContent()
    {
        var multipart = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part("POST samples/$query HTTP/1.1", "Content-Type: text/plain\r\n", "$top=1&$select=id")))));
        var json = Assert.Single(Responses(Engine.Batch(Json, """{"requests":[{"id":"1","method":"post","url":"samples/$query","headers":{"content-type":"text/plain"},"body":"$top=1&$select=id"}]}""")));

        Assert.EndsWith("\"value\":[{\"id\":1}]}", multipart.Content, StringComparison.Ordinal);
        Assert.Equal(multipart.Content, json.GetProperty("body").GetRawText());
    }

    [Fact]
    public void Head_InMultipart_HasNoContent()
    {
        var part = Assert.Single(Parts(Engine.Batch(Multipart, Batch(Part("HEAD samples HTTP/1.1")))));

        Assert.Equal((200, ""), (part.Status, part.Content));
    }

    private static string Batch(params string[] parts) => string.Concat(parts.Select(part => "--b\r\n" + part)) + "--b--\r\n";

    private static string ChangeSet(params string[] parts) =>
        $"Content-Type: multipart/mixed;boundary=c\r\n\r\n{string.Concat(parts.Select(part => "--c\r\n" + part))}--c--\r\n";

    // No Content-Transfer-Encoding: it is not to be relied on (P 11.7.7.1).
    private static string Part(string requestLine, string headers = "", string body = "", string? id = null) =>
        $"Content-Type: application/http\r\n{(id is null ? "" : $"Content-ID: {id}\r\n")}\r\n{requestLine}\r\n{headers}\r\n{body}\r\n";

    private static string Requests(params string[] urls) =>
        $$"""{"requests":[{{string.Join(',', urls.Select((url, i) => $$"""{"id":"{{i}}","method":"GET","url":"{{url}}"}"""))}}]}""";

    private static string Text(ODataResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    private static (int Status, string Code) Error(ODataResponse response)
    {
        using var document = JsonDocument.Parse(response.Body);
        return (response.Status, document.RootElement.GetProperty("error").GetProperty("code").GetString()!);
    }

    private static List<JsonElement> Responses(ODataResponse response)
    {
        Assert.True(response.Status == 200, Text(response));
        Assert.Equal(Json, response.ContentType);
        return [.. JsonDocument.Parse(response.Body).RootElement.GetProperty("responses").EnumerateArray()];
    }

    private static int Status(JsonElement response) => response.GetProperty("status").GetInt32();

    private static string? Group(JsonElement response) => response.TryGetProperty("atomicityGroup", out var group) ? group.GetString() : null;

    private static List<(string Id, int Status, string Content)> Parts(ODataResponse response)
    {
        Assert.True(response.Status == 200, Text(response));
        Assert.StartsWith("multipart/mixed;boundary=", response.ContentType, StringComparison.Ordinal);
        return [.. PartPattern().Matches(Text(response)).Select(match => (match.Groups["id"].Value, int.Parse(match.Groups["status"].ValueSpan), match.Groups["content"].Value))];
    }

    private static IEnumerable<string> Contents(ODataResponse response) => response.ContentType == Json
        ? Responses(response).Select(item => item.GetProperty("body") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : item.GetProperty("body").GetRawText())
        : Parts(response).Select(part => part.Content);

    [GeneratedRegex(@"Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n(Content-ID: (?<id>[^\r]*)\r\n)?\r\nHTTP/1.1 (?<status>\d+) [^\r]+\r\n([^\r]+\r\n)*\r\n(?<content>.*?)\r\n--batchresponse", RegexOptions.Singleline)]
    private static partial Regex PartPattern();
}
