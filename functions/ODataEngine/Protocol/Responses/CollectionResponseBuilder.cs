using ODataEngine.Execution.Aggregation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Execution;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Revisions;

namespace ODataEngine.Protocol.Responses;

/// <summary>Builds the response to a request for a collection of entities, its count or its references.</summary>
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
            resource.Kind == ValueKind.Reference ? "Collection($ref)" : ContextUrl.GetEntitySetFragment(resource) + ContextUrl.GetSelectList(query, context.Format.IsVersion401, (resource.Value.Type as CollectionType)?.Element),
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

    /// <summary>Gets the rows that the query options after <c>$apply</c> apply to.</summary>
    public static (Table Table, RowRange Rows) GetSource(ReadContext context, Expression value)
    {
        var source = context.Compiler.CompileCollection(value);
        return Transform(context, source.Table, source.GetRows(context.Evaluation));
    }

    /// <summary>Evaluates the request's <c>$apply</c>, if any.</summary>
    public static (Table Table, RowRange Rows) Transform(ReadContext context, Table table, RowRange rows)
    {
        if (context.Url.Query.Apply is not { Count: > 0 } apply)
        {
            return (table, rows);
        }

        var result = new ApplyEvaluator(context.Compiler, context.Evaluation).Apply(rows.ToRowSet(table), apply);
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

/// <summary>The part of a result in one response, and the link to the next part (OData 4.01 Part 1, 11.2.6.7).</summary>
/// <param name="NextLink">Null on the last page.</param>
internal readonly record struct ResponsePage(int Start, int Count, string? NextLink)
{
    /// <summary>Gets the number of items on earlier pages.</summary>
    public static long GetOffset(ReadContext context) => context.Url.Query.SkipToken is { } token ? SkipToken.Parse(token).Offset : 0;

    /// <summary>Gets the maximum number of items of a page.</summary>
    public static int GetPageSize(ReadContext context) => Math.Min(context.Preferences.MaxPageSize ?? int.MaxValue, context.Options.PageSize);

    /// <param name="total">The number of items before paging; it needs to be exact only up to one item after this page.</param>
    public static ResponsePage Create(ReadContext context, int total)
    {
        var start = (int)Math.Min(GetOffset(context), total);
        var size = GetPageSize(context);
        if (size < context.Options.PageSize)
        {
            context.Preferences.MarkPageSizeApplied(size);
        }

        return total - start <= size
            ? new ResponsePage(start, total - start, null)
            : new ResponsePage(start, size, CreateLink(
                context, "$skiptoken=" + new SkipToken(context.Tables.Revision, start + size, context.TracksChanges).Format(context.Request, context.Tables), "skiptoken"));
    }

    /// <summary>Creates the URL of the request with one more query option, which replaces those of the given names.</summary>
    public static string CreateLink(ReadContext context, string option, params IReadOnlyList<string> replacedNames)
    {
        var remaining = context.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !replacedNames.Contains(Uri.UnescapeDataString(part.Split('=')[0]).TrimStart('$'), StringComparer.OrdinalIgnoreCase));
        var path = string.Join('/', context.Request.Path.Split('/').Select(segment => Uri.EscapeDataString(segment).Replace("%252F", "%2F", StringComparison.Ordinal)));
        var query = string.Join('&', remaining.Append(option));

        // The query options of the content of a $query request can be longer than those of a URL.
        return query.Length <= context.Options.Limits.MaxQueryLength
            ? $"{context.Request.ServiceRoot.AbsoluteUri}{path}?{query}"
            : throw ODataErrors.LimitExceeded(
                $"The result needs a link to its next page or its changes, whose query would have {query.Length} characters (limit {context.Options.Limits.MaxQueryLength}, {nameof(ODataLimits.MaxQueryLength)}). Request a single page, or shorten the query.");
    }
}

/// <summary>Writes the context URL, the count, the items and the links of a collection (OData JSON Format 4.01, 13).</summary>
internal static class CollectionEnvelope
{
    /// <param name="fragment">The fragment of the context URL.</param>
    /// <param name="count">Null if it was not requested.</param>
    /// <param name="nextLink">Null on the last page.</param>
    /// <param name="writeItems">Writes the items as an array.</param>
    /// <param name="deltaLink">Null if changes are not tracked or more pages follow.</param>
    public static ODataResponse Write(
        ReadContext context, string fragment, long? count, string? nextLink, Action<JsonPayloadWriter, RowWriter> writeItems, string? deltaLink = null) =>
        context.CreateJsonResponse(fragment, (json, rowWriter) =>
        {
            var prefix = context.Format.ControlPrefix;
            if (count is { } number)
            {
                json.WriteMember(prefix + "count", number);
            }

            json.WriteName("value");
            writeItems(json, rowWriter);
            if (nextLink is not null)
            {
                json.WriteMember(prefix + "nextLink", nextLink);
            }

            if (deltaLink is not null)
            {
                json.WriteMember(prefix + "deltaLink", deltaLink);
            }
        });
}
