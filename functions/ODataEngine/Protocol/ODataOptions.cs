using ODataEngine.Execution.Indexes;
using ODataEngine.Formats;
using ODataEngine.Protocol.Metadata;
using ODataEngine.Telemetry;

namespace ODataEngine.Protocol;

/// <summary>The settings of the engine.</summary>
public sealed record ODataOptions
{
    public ODataLimits Limits { get; init; } = new();

    /// <summary>The file formats of query results other than JSON; none may have the name <c>json</c> or the media type of JSON.</summary>
    public IReadOnlyList<ExportFormat> FileFormats { get; init; } = [];

    public IndexOptions Indexing { get; init; } = new();

    /// <summary>True to order strings by the collations of their properties; false to order all strings by code unit.</summary>
    public bool UsesCollations { get; init; } = true;

    /// <summary>Limits the requests that are evaluated at the same time after they became expensive (<see cref="ODataLimits.ExpensiveSteps"/>); null for no limit.</summary>
    public IConcurrencyLimit? ExpensiveQueries { get; init; }

    /// <summary>The source and the instruments on which the engine records its spans and metrics.</summary>
    public EngineTelemetry Telemetry { get; init; } = EngineTelemetry.Default;

    /// <summary>The capabilities that <c>$metadata</c> describes.</summary>
    public MetadataOptions Metadata => new()
    {
        ConformanceLevel = ConformanceLevel.Advanced,
        SupportedFormats = ["application/json", .. FileFormats.Select(file => file.MediaType).Distinct()],
        MaxExpandLevels = Math.Max(1, Limits.MaxExpandDepth),
        Search = true,
        Compute = true,
        Apply = true,
        Batch = true,
        QuerySegment = true,
        CrossJoin = true,
        ChangeTracking = true,
        AsynchronousRequests = true,
        LanguageDependentOrder = UsesCollations,
    };

    /// <summary>The maximum number of entities of a page; a client can request smaller pages (<c>Prefer: maxpagesize</c>).</summary>
    public int PageSize => Limits.MaxPageSize;
}
