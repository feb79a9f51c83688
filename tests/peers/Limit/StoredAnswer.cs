using System.Text.Json;

namespace ServiceOffices.Peers.Limit;

/// <summary>A recorded response: its headers and its bytes.</summary>
public sealed record StoredAnswer(IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>Reads a folder: <c>answers.json</c> maps request targets to the headers and the content file of the response.</summary>
    public static Dictionary<string, StoredAnswer> Load(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "answers.json"));
        return JsonSerializer.Deserialize<Dictionary<string, Entry>>(file)!.ToDictionary(
            entry => entry.Key,
            entry => new StoredAnswer([.. entry.Value.Headers], File.ReadAllBytes(Path.Combine(folder, entry.Value.File))),
            StringComparer.Ordinal);
    }

    private sealed record Entry(Dictionary<string, string> Headers, string File);
}
