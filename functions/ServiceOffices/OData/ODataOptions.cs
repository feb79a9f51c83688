using ServiceOffices.Indexes;
using ServiceOffices.Queries;

namespace ServiceOffices.OData;

/// <summary>How the engine behaves.</summary>
public sealed record ODataOptions
{
    public QueryLimits Limits { get; init; } = new();

    public Indexing Indexing { get; init; } = new();

    /// <summary>What <c>$metadata</c> says of the engine's abilities.</summary>
    public MetadataOptions Metadata => new()
    {
        ConformanceLevel = ConformanceLevel.Advanced,
        MaxExpandLevels = Math.Max(1, Limits.MaxExpandDepth),
        Search = true,
        Compute = true,
        Batch = true,
        QuerySegment = true,
        CrossJoin = true,
        ChangeTracking = true,
        AsynchronousRequests = true,
    };

    /// <summary>Entities of one page where the client states no smaller size (<c>Prefer: maxpagesize</c>) and no larger is allowed.</summary>
    public int PageSize => Limits.MaxPageSize;
}
