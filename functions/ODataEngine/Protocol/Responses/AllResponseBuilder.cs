using ODataEngine.Execution;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Responses;

/// <summary>
/// Builds the response to <c>$all</c>: the entities of every set, or those of one type with its query options (OData 4.01 Part 2,
/// 4.16). Each entity has its own context URL, which names its set (OData 4.01 Part 1, 10.19; JSON Format 4.01, 4.5.1).
/// </summary>
internal sealed class AllResponseBuilder(ReadContext context, AllResource resource)
{
    private readonly Query query = context.Url.Query;

    public ODataResponse Build()
    {
        var rows = FindRows();
        if (resource.Kind == ValueKind.Count)
        {
            return context.CreateCountResponse(rows.Count);
        }

        var start = (int)Math.Min(query.Skip ?? 0, rows.Count);
        var remaining = (int)Math.Min(query.Top ?? int.MaxValue, rows.Count - start);
        var page = ResponsePage.Create(context, remaining);
        if (context.Preferences.OmitNulls)
        {
            context.Preferences.MarkOmitNullsApplied();
        }

        // 10.2: entities that are not bound to a single set are described by their type.
        var fragment = resource.Type is { } type ? $"Collection({type.FullName}){GetSelectList(type)}" : "Collection(Edm.EntityType)";
        return CollectionEnvelope.Write(
            context, fragment, query.IncludeCount ? rows.Count : null, page.NextLink,
            (json, rowWriter) => WriteRows(json, rowWriter, rows.Slice(start + page.Start, page.Count)));
    }

    /// <summary>Finds the matching rows of all sets in the order of the response.</summary>
    private List<(EntitySet Set, int Row)> FindRows()
    {
        var sources = context.Tables.Model.Sets
            .Where(set => query.Search is null || set.SearchPaths.Count > 0)
            .Select(set => (Set: set, Rows: FindSource(set)))
            .Where(source => source.Rows is not null)
            .ToList();

        // Entities of several sets are ordered together.
        var setQuery = sources.Count > 1 ? query with { OrderBy = [] } : query;
        var rows = new List<(EntitySet Set, int Row)>();
        var parts = new List<RowSet>();
        foreach (var (set, source) in sources)
        {
            var table = context.Tables[set];
            var matches = new QueryPlan(context.Compiler, table, setQuery).GetMatches(source!.Value, context.Evaluation);
            rows.AddRange(matches.Select(row => (set, row)));
            parts.Add(new RowSet(table, matches));
        }

        return sources.Count > 1 && query.OrderBy.Count > 0 ? Sort(rows, parts) : rows;
    }

    /// <summary>Gets the rows of a set that are of the requested type; null if the set has none.</summary>
    private RowRange? FindSource(EntitySet set)
    {
        var table = context.Tables[set];
        if (resource.Type is not { } type || ReferenceEquals(set.Type, type))
        {
            return new RowRange(0, table.Count, null);
        }

        return type.IsOrDerivesFrom(set.Type)
            ? context.Compiler.CompileCollection(TypeRules.ToDerivedType(new RootEntitySet(set), type)).GetRows(context.Evaluation)
            : null;
    }

    private List<(EntitySet Set, int Row)> Sort(List<(EntitySet Set, int Row)> rows, List<RowSet> parts)
    {
        var all = new RowConcatenation(context.Tables, context.Evaluation.Budget).ConcatRows(resource.Type!, parts);
        var order = new QueryPlan(context.Compiler, all, query with { Filter = null, Search = null }).GetMatches(new RowRange(0, all.Count, null), context.Evaluation);
        return [.. order.Select(row => rows[row])];
    }

    private void WriteRows(JsonPayloadWriter json, RowWriter rowWriter, List<(EntitySet Set, int Row)> rows)
    {
        EntitySet? currentSet = null;
        RowProjection? projection = null;
        var contextUrls = new Dictionary<StructuredType, string>();
        json.WriteStartArray();
        foreach (var (set, row) in rows)
        {
            if (!ReferenceEquals(set, currentSet))
            {
                currentSet = set;
                contextUrls.Clear();
                projection = resource.Type is null ? new RowProjection(context.Tables[set]) : new RowProjection(context.Compiler, context.Tables[set], query);
            }

            json.WriteStartObject();
            WriteControlInformation(json, set, row, contextUrls);
            rowWriter.WriteMembers(projection!, row, isTypeWritten: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteControlInformation(JsonPayloadWriter json, EntitySet set, int row, Dictionary<StructuredType, string> contextUrls)
    {
        if (context.Format.MetadataLevel == MetadataLevel.None)
        {
            return;
        }

        var table = context.Tables[set];
        var type = table.GetRowType(row);
        if (!contextUrls.TryGetValue(type, out var contextUrl))
        {
            contextUrl = ContextUrl.Create(
                context.Request.ServiceRoot, $"{set.Name}{(ReferenceEquals(type, set.Type) ? "" : "/" + type.FullName)}{(resource.Type is null ? "" : GetSelectList(type))}/$entity");
            contextUrls.Add(type, contextUrl);
        }

        json.WriteMember(context.Format.ControlPrefix + "context", contextUrl);
        if (context.Format.MetadataLevel == MetadataLevel.Minimal)
        {
            json.WriteMember(context.Format.ControlPrefix + "type", "#" + type.FullName);
            json.WriteMember(context.Format.ControlPrefix + "id", context.EntityUrls.GetUrl(table, row));
        }
    }

    private string GetSelectList(StructuredType type) => ContextUrl.GetSelectList(query, context.Format.IsVersion401, type);
}
