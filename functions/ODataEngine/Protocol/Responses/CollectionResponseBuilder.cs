using ODataEngine.Execution;
using ODataEngine.Execution.Aggregation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Revisions;

namespace ODataEngine.Protocol.Responses;

/// <summary>The answer to a request for a collection of entities, its count or its references.</summary>
internal sealed class CollectionResponseBuilder(ReadContext context, ValueResource resource)
{
    private readonly Query query = context.Url.Query;

    public ODataResponse Build()
    {
        EntityResponseBuilder.EnsureKeysExist(context, resource.Value);
        var (table, source) = GetSource(context, resource.Value);
        var plan = CreatePlan(table);
        if (resource.Kind == ValueKind.Count)
        {
            return context.CreateCountResponse(Evaluate(plan, source, offset: 0, maxCount: 0, includeCount: true).TotalCount);
        }

        var offset = ResponsePage.GetOffset(context);
        var window = Evaluate(plan, source, offset, ResponsePage.GetPageSize(context) + 1, query.IncludeCount);
        var page = ResponsePage.Create(context, (int)(offset + window.Rows.Length));
        var pageRows = window.Rows[..page.Count];
        if (context.Preferences.TrackChanges && context.TracksChanges)
        {
            context.Preferences.MarkTrackChangesApplied();
        }

        if (context.Preferences.OmitNulls)
        {
            context.Preferences.MarkOmitNullsApplied();
        }

        return CollectionEnvelope.Write(
            context,
            resource.Kind == ValueKind.Reference ? "Collection($ref)" : ContextUrl.GetEntitySetFragment(resource) + ContextUrl.GetSelectList(query),
            query.IncludeCount ? window.TotalCount : null,
            page.NextLink,
            (json, rowWriter) => WriteItems(json, rowWriter, table, pageRows.Span),
            page.NextLink is null && context.TracksChanges && resource.Kind == ValueKind.Value ? DeltaToken.CreateLink(context) : null);
    }

    private QueryPlan CreatePlan(Table table)
    {
        using var activity = context.Options.Telemetry.StartActivity("plan");
        return new QueryPlan(context.Compiler, table, query);
    }

    private RowPage Evaluate(QueryPlan plan, RowRange source, long offset, int maxCount, bool includeCount)
    {
        using var activity = context.Options.Telemetry.StartActivity("evaluate");
        return plan.GetPage(source, context.Evaluation, offset, maxCount, includeCount);
    }

    /// <summary>The rows that the options after <c>$apply</c> are about.</summary>
    public static (Table Table, RowRange Rows) GetSource(ReadContext context, Expression value)
    {
        var query = context.Url.Query;
        var source = context.Compiler.CompileCollection(value);
        var rows = source.GetRows(context.Evaluation);
        if (query.Apply.Count == 0)
        {
            return (source.Table, rows);
        }

        var result = new ApplyEvaluator(context.Compiler, context.Evaluation).Apply(rows.ToRowSet(source.Table), query.Apply);
        return (result.Table, RowRange.From(result));
    }

    private void WriteItems(JsonPayloadWriter json, RowWriter rowWriter, Table table, ReadOnlySpan<int> pageRows)
    {
        if (resource.Kind != ValueKind.Reference)
        {
            rowWriter.WriteArray(new RowProjection(context.Compiler, table, query), pageRows);
            return;
        }

        json.WriteStartArray();
        foreach (var row in pageRows)
        {
            rowWriter.WriteReference(table, row);
        }

        json.WriteEndArray();
    }
}
