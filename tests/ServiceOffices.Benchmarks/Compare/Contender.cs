namespace ServiceOffices.Benchmarks.Compare;

/// <summary>A program that is measured.</summary>
/// <param name="Command">What starts it; port, data and <paramref name="More"/> follow.</param>
internal sealed record Contender(string Name, IReadOnlyList<string> Command, string Data, IReadOnlyList<string> More)
{
    public const string Ours = "ours";
    public const string Cached = "ours, answers stored";
    public const string Baseline = "Microsoft.AspNetCore.OData";
    public const string Limit = "limit";

    /// <summary>Whether it is asked the same request again and again, so that stored answers serve.</summary>
    public bool Repeats { get; init; }
}
