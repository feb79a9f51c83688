using System.Text.Json;

namespace ServiceOffices.Peers.AspNetCoreOData;

/// <summary>The offices in memory, with the one index that a developer would add.</summary>
public sealed class OfficeList
{
    private readonly Dictionary<int, Office> byId;

    private OfficeList(List<Office> all)
    {
        All = all;
        byId = all.ToDictionary(office => office.Id);
    }

    public IReadOnlyList<Office> All { get; }

    /// <summary>Reads a JSON array of offices.</summary>
    public static OfficeList Load(string path)
    {
        using var file = File.OpenRead(path);
        return new OfficeList(JsonSerializer.Deserialize<List<Office>>(file)!);
    }

    public Office? Find(int id) => byId.GetValueOrDefault(id);
}
