using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Metadata;

/// <summary>What a service can do besides reading its sets, as <c>$metadata</c> tells it in the Capabilities vocabulary.</summary>
public sealed record MetadataOptions
{
    public ConformanceLevel ConformanceLevel { get; init; } = ConformanceLevel.Intermediate;

    /// <summary>Media types of the answers, with their parameters.</summary>
    public IReadOnlyList<string> SupportedFormats { get; init; } = ["application/json"];

    /// <summary>The functions and operators that <c>$filter</c> knows, as a URL writes them; empty: any may be tried.</summary>
    public IReadOnlyList<string> FilterFunctions { get; init; } =
    [
        .. Enum.GetNames<BinaryOperator>().Select(name => name.ToLowerInvariant()),
        "not", "in", "any", "all", "case", "cast", "isof",
        .. CanonicalFunctions.Names,
    ];

    /// <summary>Levels of <c>$expand</c>, at least 1.</summary>
    public int MaxExpandLevels { get; init; } = new ODataLimits().MaxExpandDepth;

    /// <summary>Whether sets that name what to search in take <c>$search</c>.</summary>
    public bool Search { get; init; }

    public bool Compute { get; init; }

    /// <summary>Whether <c>$batch</c> is there, in both of its formats.</summary>
    public bool Batch { get; init; }

    public bool CrossJoin { get; init; }

    /// <summary>Whether query options can be posted to <c>/$query</c>.</summary>
    public bool QuerySegment { get; init; }

    /// <summary>Whether a set answers the preference track-changes with a delta link.</summary>
    public bool ChangeTracking { get; init; }

    public bool AsynchronousRequests { get; init; }
}

/// <summary>How much of the standard a service keeps (OData 4.01 Part 1, 13.1).</summary>
public enum ConformanceLevel
{
    Minimal,
    Intermediate,
    Advanced,
}
