using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Metadata;

/// <summary>The capabilities of a service that <c>$metadata</c> describes in terms of the Capabilities vocabulary.</summary>
public sealed record MetadataOptions
{
    public ConformanceLevel ConformanceLevel { get; init; } = ConformanceLevel.Intermediate;

    /// <summary>The media types of the responses, with their parameters.</summary>
    public IReadOnlyList<string> SupportedFormats { get; init; } = ["application/json"];

    /// <summary>The functions and operators that <c>$filter</c> supports, as in URLs; empty if unspecified.</summary>
    public IReadOnlyList<string> FilterFunctions { get; init; } =
    [
        .. Enum.GetNames<BinaryOperator>().Select(name => name.ToLowerInvariant()),
        "not", "in", "any", "all", "case", "cast", "isof", "isdefined",
        .. CanonicalFunctions.Names,
    ];

    /// <summary>The maximum number of levels of <c>$expand</c>, at least 1.</summary>
    public int MaxExpandLevels { get; init; } = new ODataLimits().MaxExpandDepth;

    /// <summary>True if the sets with searchable properties support <c>$search</c>.</summary>
    public bool Search { get; init; }

    public bool Compute { get; init; }

    /// <summary>True if the sets support <c>$apply</c>.</summary>
    public bool Apply { get; init; }

    /// <summary>True if <c>$batch</c> is supported, in both formats.</summary>
    public bool Batch { get; init; }

    public bool CrossJoin { get; init; }

    /// <summary>True if query options can be posted to <c>/$query</c>.</summary>
    public bool QuerySegment { get; init; }

    /// <summary>True if the sets support the preference track-changes.</summary>
    public bool ChangeTracking { get; init; }

    public bool AsynchronousRequests { get; init; }

    /// <summary>True if strings are ordered by the collations of their properties.</summary>
    public bool LanguageDependentOrder { get; init; }
}

/// <summary>The conformance level of a service (OData 4.01 Part 1, 13.1 and 13.2).</summary>
public enum ConformanceLevel
{
    Minimal,
    Intermediate,
    Advanced,
}
