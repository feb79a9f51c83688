using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>Calls the API for editors of a platform.</summary>
/// <param name="http">The client, with the platform's base address and credential.</param>
/// <param name="root">The path of the API: for keys or for tokens.</param>
internal sealed class RegisterClient(HttpClient http, string root)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private const int MaxRefreshAttempts = 60;

    public async Task<(int Status, JsonObject Body)> ImportAsync(string file, string query, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        using StreamContent body = new(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(
            Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? "text/csv" : "application/json");
        using var response = await http.PostAsync(new Uri(root + "/imports" + query, UriKind.Relative), body, cancellationToken);
        return ((int)response.StatusCode, await ReadObjectAsync(response, cancellationToken));
    }

    /// <summary>Polls the import's state until it is finished.</summary>
    public async IAsyncEnumerable<JsonObject> WatchProgressAsync(string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            using var response = await http.GetAsync(new Uri($"{root}/imports/{id}", UriKind.Relative), cancellationToken);
            response.EnsureSuccessStatusCode();
            var progress = await ReadObjectAsync(response, cancellationToken);
            yield return progress;
            if (progress["state"]!.GetValue<string>() != "underWay")
            {
                yield break;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>Publishes the register, after waiting for another running refresh.</summary>
    public async Task<(int Status, JsonObject Body)> PublishAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await http.PostAsync(new Uri(root + "/refresh", UriKind.Relative), null, cancellationToken);
            if ((int)response.StatusCode != StatusCodes.Status409Conflict || attempt == MaxRefreshAttempts)
            {
                return ((int)response.StatusCode, await ReadObjectAsync(response, cancellationToken));
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    public async Task<(int Status, byte[] Content)> ExportAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(root + "/export", UriKind.Relative), cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Reads the JSON object of a response; an empty object if the host rejected the request without content.</summary>
    private static async Task<JsonObject> ReadObjectAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<JsonObject>(content) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
