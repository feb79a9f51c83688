using System.Diagnostics;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Telemetry;

namespace ODataEngine.Protocol;

/// <summary>What a query leaves in traces and metrics: of which kind it was and how long it took, nothing of its text.</summary>
internal sealed class QueryTelemetry(EngineTelemetry telemetry) : IDisposable
{
    private readonly long startTimestamp = Stopwatch.GetTimestamp();
    private readonly Activity? activity = telemetry.StartActivity("query");
    private string kind = "refused";

    /// <summary>Until this is called, the query counts as refused: its text was wrong.</summary>
    public void RecordParsed(ParsedUrl url) => kind = GetKind(url);

    public void Dispose()
    {
        telemetry.RecordQuery(kind, Stopwatch.GetElapsedTime(startTimestamp));
        activity?.SetTag("query.kind", kind).Dispose();
    }

    private static string GetKind(ParsedUrl url) => url.Resource switch
    {
        ServiceDocumentResource => "service",
        MetadataResource => "metadata",
        CrossJoinResource => "crossjoin",
        AllResource => "all",
        ValueResource when url.Query.DeltaToken is not null => "delta",
        ValueResource { Kind: ValueKind.Count } => "count",
        ValueResource when url.Query.Apply.Count > 0 => "apply",
        ValueResource when url.Query.Search is not null => "search",
        ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } => "collection",
        ValueResource { Value.Type: StructuredType { IsEntity: true } } => "entity",
        _ => "property",
    };
}
