using System.Globalization;
using System.Text.Json;
using ServiceOffices.Benchmarks.Processes;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>A program's answers, stored as the limit program reads them.</summary>
internal static class RecordedResponses
{
    /// <summary>Asks for each request once, and stores what came: fields and content.</summary>
    /// <returns>The bytes of the content of each request.</returns>
    public static async Task<Dictionary<string, long>> RecordAsync(ServerProcess program, IEnumerable<string> requests, string folder)
    {
        var index = new Dictionary<string, object>();
        var sizes = new Dictionary<string, long>();
        using var client = new HttpClient();
        foreach (var request in requests.Distinct())
        {
            using var answer = await client.GetAsync(program.Url(request));
            var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            var file = string.Create(CultureInfo.InvariantCulture, $"{index.Count}.body");
            await File.WriteAllBytesAsync(Path.Combine(folder, file), body);
            var headers = answer.Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Content-Length"))
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
            index.Add(program.Url(request).PathAndQuery, new { Headers = headers, File = file });
            sizes.Add(request, body.Length);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "answers.json"), JsonSerializer.Serialize(index));
        return sizes;
    }
}
