using ODataEngine.Execution.Indexes;
using ODataEngine.Formats;
using ODataEngine.Protocol.Metadata;
using ODataEngine.Telemetry;

namespace ODataEngine.Protocol;

/// <summary>How the engine behaves.</summary>
public sealed record ODataOptions
{
    public ODataLimits Limits { get; init; } = new();

    /// <summary>The formats beside OData's own JSON in which a query's result can be had as a file; none has the name <c>json</c> or its media type.</summary>
    public IReadOnlyList<ExportFormat> FileFormats { get; init; } = [];

    public IndexOptions Indexing { get; init; } = new();

    /// <summary>The source and the instruments on which the engine records its spans and metrics.</summary>
    public EngineTelemetry Telemetry { get; init; } = EngineTelemetry.Default;

    /// <summary>What <c>$metadata</c> says of the engine's abilities.</summary>
    public MetadataOptions Metadata => new()
    {
        ConformanceLevel = ConformanceLevel.Advanced,
        SupportedFormats = ["application/json", .. FileFormats.Select(file => file.MediaType).Distinct()],
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
