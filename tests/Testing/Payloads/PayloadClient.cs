using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.ODataFuzz.Payloads;

namespace ServiceOffices.Testing.Payloads;

/// <summary>Sends requests to the engine and reads the responses with a <see cref="PayloadReader"/>.</summary>
internal sealed class PayloadClient(ODataService service)
{
    public static Uri Root { get; } = new("http://127.0.0.1/odata/v1/");

    public PayloadReader Reader { get; } = new(EdmModelBuilder.Build(service.Model), Root);

    /// <summary>Gets the response, which must have status 200 and the requested format; where the format omits the context, it is added.</summary>
    /// <param name="url">Relative to the service root, its options not encoded.</param>
    public async Task<PayloadMessage> GetAsync(string url, PayloadFormat format, string? prefer = null)
    {
        var response = await SendAsync(url, format, prefer);
        Assert.True(response.Status == 200, $"{url} returned {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}");
        var message = PayloadMessage.From(response);
        Assert.Equal(format.Version, message.Version);
        if (format.Metadata != "none" || !message.ContentType.Contains("metadata=none", StringComparison.Ordinal))
        {
            return message;
        }

        var minimal = await SendAsync(url, format with { Metadata = "minimal" }, prefer);
        using var json = JsonDocument.Parse(minimal.Body);
        return message.WithContext(json.RootElement.EnumerateObject().First().Value.GetString()!);
    }

    /// <summary>Gets the response to a batch, in the version of its requests.</summary>
    public async Task<PayloadMessage> BatchAsync(string version, string contentType, string accept, string content)
    {
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["OData-MaxVersion"] = version, ["Content-Type"] = contentType, ["Accept"] = accept,
        };
        var request = new ODataRequest("POST", "$batch", "", name => headers.GetValueOrDefault(name), Root) { Body = Encoding.UTF8.GetBytes(content) };
        var response = await service.HandleAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.Status == 200, $"The batch returned {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}");
        return PayloadMessage.From(response);
    }

    public async Task<ODataResponse> SendAsync(string url, PayloadFormat format, string? prefer = null)
    {
        var split = url.IndexOf('?', StringComparison.Ordinal);
        var query = split < 0 ? "" : string.Join('&', url[(split + 1)..].Split('&').Select(Encode));
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["OData-MaxVersion"] = format.Version, ["Accept"] = format.Accept, ["Prefer"] = prefer,
        };
        return await service.HandleAsync(
            new ODataRequest("GET", split < 0 ? url : url[..split], query, name => headers.GetValueOrDefault(name), Root), TestContext.Current.CancellationToken);
    }

    private static string Encode(string option) => string.Join('=', option.Split('=', 2).Select(Uri.EscapeDataString));
}
