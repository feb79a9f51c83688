using System.Globalization;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>One of the thirteen requests that the programs are compared by.</summary>
/// <param name="Varied">The request with other literals each time, so that no store of answers can help; one alone where it has no literal.</param>
/// <param name="Connections">How many clients ask at once.</param>
internal sealed record BenchmarkRequest(string Name, IReadOnlyList<string> Varied, int Connections = 8)
{
    private const int Variants = 64;

    /// <summary>How many times as long as the others it is measured: the slowest answer must come several times.</summary>
    public int Longer { get; private init; } = 1;

    /// <summary>The one that is repeated where answers may be stored.</summary>
    public string Fixed => Varied[0];

    /// <param name="rows">Offices that there are.</param>
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

    // Common parts of names, some in few offices only.
    private static string Part(int i) => Uri.EscapeDataString((i % 4) switch
    {
        3 => At(BenchmarkRegister.Beginnings, i) + At(BenchmarkRegister.Endings, i * 3),
        1 => At(BenchmarkRegister.Beginnings, i),
        _ => At(BenchmarkRegister.Endings, i),
    });
}
