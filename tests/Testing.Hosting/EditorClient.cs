using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceOffices.Testing.Hosting;

/// <summary>A client for the editing API of a running host, with its function key.</summary>
internal sealed class EditorClient(HttpClient http, string key = RunningHost.Key)
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string Patch = "application/merge-patch+json";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public Task<Response> GetAsync(string path) => SendAsync("GET", path);

    /// <param name="ifMatch">An ETag, or *; null for If-None-Match: *.</param>
    public Task<Response> PutAsync(string path, string? ifMatch, string json) =>
        SendAsync("PUT", path, json, Json, ifMatch is null ? ("If-None-Match", "*") : ("If-Match", ifMatch));

    public Task<Response> PatchAsync(string path, string ifMatch, string json) => SendAsync("PATCH", path, json, Patch, ("If-Match", ifMatch));

    public Task<Response> DeleteAsync(string path, string ifMatch) => SendAsync("DELETE", path, (string?)null, Json, ("If-Match", ifMatch));

    public Task<Response> SendAsync(string method, string path, string? content = null, string mediaType = Json, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, content is null ? null : Encoding.UTF8.GetBytes(content), mediaType, headers);

    public async Task<Response> SendAsync(string method, string path, byte[]? content, string mediaType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Add("x-functions-key", key);
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request, Now);
        return new Response(
            response.StatusCode,
            response.Headers.NonValidated.TryGetValues("ETag", out var tag) ? tag.ToString() : null,
            response.Headers.Location?.ToString(),
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync(Now));
    }

    /// <summary>Polls until the import is finished.</summary>
    public async Task<JsonObject> WaitForImportAsync(string location)
    {
        while (true)
        {
            var progress = (await GetAsync(location)).Object;
            if (progress["state"]!.GetValue<string>() != "underWay")
            {
                return progress;
            }

            await Task.Delay(50, Now);
        }
    }

    internal sealed record Response(HttpStatusCode Status, string? ETag, string? Location, string? MediaType, byte[] Content)
    {
        public string Text => Encoding.UTF8.GetString(Content);

        public JsonObject Object => JsonSerializer.Deserialize<JsonObject>(Content)!;
    }
}
