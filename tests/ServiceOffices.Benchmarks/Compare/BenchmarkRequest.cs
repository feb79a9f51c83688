using System.Globalization;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>One of the thirteen requests of the comparison.</summary>
/// <param name="Varied">The request with different literals, so that no response cache can help; a single one if it has no literal.</param>
/// <param name="Connections">The number of concurrent clients.</param>
internal sealed record BenchmarkRequest(string Name, IReadOnlyList<string> Varied, int Connections = 8)
{
    private const int Variants = 64;

    /// <summary>The factor for the duration of the measurement, so that the slowest response occurs several times.</summary>
    public int Longer { get; private init; } = 1;

    /// <summary>The request that is repeated when responses may be cached.</summary>
    public string Fixed => Varied[0];

    /// <param name="rows">The number of offices.</param>
    public static IReadOnlyList<BenchmarkRequest> All(int rows) =>
    [
        new("service", ["/"]),
        new("metadata", ["/$metadata"]),
        new("key", Many(i => $"/Offices({77 + (i * 997 % Math.Max(1, rows - 77))})")),
        new("page50", Many(i => $"/Offices?$top=50&$skip={i * 41 % Math.Max(1, rows - 50)}")),
        new("filter", Many(i => $"/Offices?$filter=Status%20eq%20'{At(BenchmarkRegister.Statuses, i)}'%20and%20CountyCode%20eq%20'{At(BenchmarkRegister.Counties, i)}'&$select=Id,Name,MunicipalityName&$orderby=Name")),
        new("filter50", Many(i => $"/Offices?$filter=Status%20eq%20'{At(BenchmarkRegister.Statuses, i)}'%20and%20CountyCode%20eq%20'{At(BenchmarkRegister.Counties, i)}'&$select=Id,Name,MunicipalityName&$orderby=Name&$top=50")),
        new("contains", Many(i => $"/Offices?$filter=contains(Name,'{Part(i)}')&$top=50")),
        new("count0", ["/Offices?$count=true&$top=0"]),
        new("any", Many(i => $"/Offices?$filter=Services/any(s:s%20eq%20'{Uri.EscapeDataString(At(BenchmarkRegister.Services, i))}')&$top=50&$count=true")),
        new("apply", Many(i => $"/Offices?$apply=groupby((CountyCode),aggregate($count%20as%20n{i}))")),
        new("search", Many(i => $"/Offices?$search={Part(i).ToLower(CultureInfo.InvariantCulture)}&$top=50")),
        new("deepskip", Many(i => $"/Offices?$orderby=Name&$skip={100 + i}&$top=50")),
        new("dump", ["/Offices"], Connections: 2) { Longer = rows > 1000 ? 5 : 1 },
    ];

    private static string[] Many(Func<int, string> make) => [.. Enumerable.Range(0, Variants).Select(make).Distinct()];

    private static string At(IReadOnlyList<string> values, int i) => values[i % values.Count];

    // Common parts of names, some of them rare.
    private static string Part(int i) => Uri.EscapeDataString((i % 4) switch
    {
        3 => At(BenchmarkRegister.Beginnings, i) + At(BenchmarkRegister.Endings, i * 3),
        1 => At(BenchmarkRegister.Beginnings, i),
        _ => At(BenchmarkRegister.Endings, i),
    });
}
