using ServiceOffices.Queries;

namespace ServiceOffices.OData;

/// <summary>How the engine behaves.</summary>
public sealed record ODataOptions
{
    public QueryLimits Limits { get; init; } = new();

    /// <summary>What <c>$metadata</c> says of the engine's abilities.</summary>
    public MetadataOptions Metadata { get; init; } = new()
    {
        Search = true,
        Compute = true,
        Batch = true,
        QuerySegment = true,
        CrossJoin = true,
    };

    /// <summary>Requests of one batch.</summary>
    public int MaxBatchRequests { get; init; } = 100;

    /// <summary>Combinations that one <c>$crossjoin</c> may make before its filter.</summary>
    public int MaxCrossJoinRows { get; init; } = 1_000_000;

    /// <summary>Entities of one page where the client states no smaller size (<c>Prefer: maxpagesize</c>) and no larger is allowed.</summary>
    public int PageSize => Limits.MaxPageSize;
}
