namespace ServiceOffices.Benchmarks.Compare;

/// <summary>A program to measure.</summary>
/// <param name="Command">The command line that starts the program; port, data and <paramref name="More"/> follow.</param>
internal sealed record Contender(string Name, IReadOnlyList<string> Command, string Data, IReadOnlyList<string> More)
{
    public const string Ours = "ours";
    public const string Cached = "ours, answers stored";
    public const string Baseline = "Microsoft.AspNetCore.OData";
    public const string Limit = "limit";

    /// <summary>True if the same request is repeated, so that cached responses can be used.</summary>
    public bool Repeats { get; init; }
}
