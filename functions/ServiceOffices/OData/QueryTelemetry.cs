using System.Diagnostics;
using ServiceOffices.Queries;
using ServiceOffices.Tables;
using ServiceOffices.Telemetry;

namespace ServiceOffices.OData;

/// <summary>What a query leaves in traces and metrics: of which kind it was and how long it took, nothing of its text.</summary>
internal sealed class QueryTelemetry : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Activity? span = Traced.Start("query");
    private string kind = "refused";

    /// <summary>Until this is called, the query counts as refused: its text was wrong.</summary>
    public void Parsed(ParsedUrl url) => kind = KindOf(url);

    public void Dispose()
    {
        Measures.Query(kind, Stopwatch.GetElapsedTime(started));
        span?.SetTag("query.kind", kind).Dispose();
    }

    private static string KindOf(ParsedUrl url) => url.Resource switch
    {
        ServiceDocumentResource => "service",
        MetadataResource => "metadata",
        CrossJoinResource => "crossjoin",
        AllResource => "all",
        ValueResource when url.Query.DeltaToken is not null => "delta",
        ValueResource { Form: ValueForm.Count } => "count",
        ValueResource when url.Query.Apply.Count > 0 => "apply",
        ValueResource when url.Query.Search is not null => "search",
        ValueResource { Value.Type: CollectionType { Element: StructuredType { IsEntity: true } } } => "collection",
        ValueResource { Value.Type: StructuredType { IsEntity: true } } => "entity",
        _ => "property",
    };
}
