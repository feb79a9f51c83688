using System.Globalization;
using System.Text.Json;
using ServiceOffices.Benchmarks.Processes;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>Records the responses of a program in the form that the limit program reads.</summary>
internal static class RecordedResponses
{
    /// <summary>Sends each request once and stores the headers and content of the response.</summary>
    /// <returns>The size in bytes of the content of each response.</returns>
    public static async Task<Dictionary<string, long>> RecordAsync(ServerProcess program, IEnumerable<string> requests, string folder)
    {
        var index = new Dictionary<string, object>();
        var sizes = new Dictionary<string, long>();
        using var client = new HttpClient();
        foreach (var request in requests.Distinct())
        {
            using var response = await client.GetAsync(program.Url(request));
            var body = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            var file = string.Create(CultureInfo.InvariantCulture, $"{index.Count}.body");
            await File.WriteAllBytesAsync(Path.Combine(folder, file), body);
            var headers = response.Headers.Concat(response.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Content-Length"))
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
            index.Add(program.Url(request).PathAndQuery, new { Headers = headers, File = file });
            sizes.Add(request, body.Length);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "answers.json"), JsonSerializer.Serialize(index));
        return sizes;
    }
}
