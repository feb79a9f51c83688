using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Metadata;

namespace ServiceOffices.Testing.Payloads;

/// <summary>Asks the engine as a client would, and hands its answers to a <see cref="PayloadReader"/>.</summary>
internal sealed class PayloadClient(ODataService service)
{
    public static Uri Root { get; } = new("http://127.0.0.1/odata/v1/");

    public PayloadReader Reader { get; } = new(EdmModelBuilder.Build(service.Model), Root);

    /// <summary>The answer, which must have the status 200 and the form asked for; where that leaves the context out, the context is put back.</summary>
    /// <param name="url">Relative to the service root, its options not encoded.</param>
    public async Task<PayloadMessage> GetAsync(string url, PayloadFormat flavour, string? prefer = null)
    {
        var response = await AnswerAsync(url, flavour, prefer);
        Assert.True(response.Status == 200, $"{url} answered {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}");
        var message = PayloadMessage.Of(response);
        Assert.Equal(flavour.Version, message.Version);
        if (flavour.Metadata != "none" || !message.ContentType.Contains("metadata=none", StringComparison.Ordinal))
        {
            return message;
        }

        var minimal = await AnswerAsync(url, flavour with { Metadata = "minimal" }, prefer);
        using var json = JsonDocument.Parse(minimal.Body);
        return message.WithContext(json.RootElement.EnumerateObject().First().Value.GetString()!);
    }

    /// <summary>The answer to a batch, in the version of its requests.</summary>
    public async Task<PayloadMessage> BatchAsync(string version, string contentType, string accept, string content)
    {
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["OData-MaxVersion"] = version, ["Content-Type"] = contentType, ["Accept"] = accept,
        };
        var request = new ODataRequest("POST", "$batch", "", name => headers.GetValueOrDefault(name), Root) { Body = Encoding.UTF8.GetBytes(content) };
        var response = await service.HandleAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.Status == 200, $"The batch was answered {response.Status}: {Encoding.UTF8.GetString(response.Body.Span)}");
        return PayloadMessage.Of(response);
    }

    public async Task<ODataResponse> AnswerAsync(string url, PayloadFormat flavour, string? prefer = null)
    {
        var split = url.IndexOf('?', StringComparison.Ordinal);
        var query = split < 0 ? "" : string.Join('&', url[(split + 1)..].Split('&').Select(Encode));
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["OData-MaxVersion"] = flavour.Version, ["Accept"] = flavour.Accept, ["Prefer"] = prefer,
        };
        return await service.HandleAsync(
            new ODataRequest("GET", split < 0 ? url : url[..split], query, name => headers.GetValueOrDefault(name), Root), TestContext.Current.CancellationToken);
    }

    private static string Encode(string option) => string.Join('=', option.Split('=', 2).Select(Uri.EscapeDataString));
}
