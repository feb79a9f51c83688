using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;

namespace ServiceOffices.Testing.OData;

/// <summary>The engine over the sample model, with requests by URL and parsed JSON responses.</summary>
internal sealed class SampleEngine
{
    public const string Root = "http://localhost/odata/";

    /// <summary>The value of now(), a Monday at noon.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ODataService service;

    /// <summary>Ends the evaluation of the requests.</summary>
    public CancellationToken CancellationToken { get; init; }

    public SampleEngine(IReadOnlyList<Sample> samples, IReadOnlyList<SampleGroup>? groups = null, ODataOptions? options = null)
        : this(options, SampleModel.Tables(samples, groups ?? [], revision: 1))
    {
    }

    public SampleEngine(ODataOptions? options, params IReadOnlyList<TableSet> revisions) =>
        service = new ODataService(SampleModel.Model, options ?? new ODataOptions(), new InMemoryTableSource(revisions), new FakeTimeProvider(Now));

    public ODataResponse Get(string url, params (string Name, string Value)[] headers) => Send("GET", url, default, headers);

    /// <summary>Gets the response to query options that are sent as the body.</summary>
    public ODataResponse Query(string path, string options, params (string Name, string Value)[] headers) =>
        Send("POST", path + "/$query", Encoding.UTF8.GetBytes(options), [("Content-Type", "text/plain"), .. headers]);

    /// <summary>Gets the response to a batch.</summary>
    public ODataResponse Batch(string contentType, string content, params (string Name, string Value)[] headers) =>
        Send("POST", "$batch", Encoding.UTF8.GetBytes(content), [("Content-Type", contentType), .. headers]);

    public ODataResponse Send(string method, string url, ReadOnlyMemory<byte> content, (string Name, string Value)[] headers)
    {
        var split = url.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(split < 0 ? url : url[..split]);
        var request = new ODataRequest(
            method,
            path,
            split < 0 ? "" : url[(split + 1)..],
            name => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
            new Uri(Root))
        {
            Body = content,
        };

        // The tables are in memory, so that the task is completed.
        return service.HandleAsync(request, CancellationToken).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Gets the body of the response to a request that must succeed.</summary>
    public JsonElement GetJson(string url, params (string Name, string Value)[] headers)
    {
        var response = Get(url, headers);
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status == 200, $"{url}: {response.Status} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Gets the items of a collection, each as its JSON.</summary>
    public IReadOnlyList<string> GetItems(string url) => [.. GetJson(url).GetProperty("value").EnumerateArray().Select(item => item.GetRawText())];

    /// <summary>Gets the status and code of a request that must fail.</summary>
    public (int Status, string Code) GetError(string url)
    {
        var response = Get(url);
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.True(response.Status >= 400, $"{url}: {response.Status} {text}");
        return (response.Status, JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString()!);
    }
}
