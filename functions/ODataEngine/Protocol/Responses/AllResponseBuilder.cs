using ODataEngine.Execution;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Responses;

/// <summary>Builds the response to <c>$all</c>: every entity of every set, each with its type and id (OData 4.01 Part 2, 4.14).</summary>
internal sealed class AllResponseBuilder(ReadContext context)
{
    public ODataResponse Build()
    {
        var query = context.Url.Query;
        var matches = FindMatches(query.Search);
        var total = matches.Sum(part => part.Rows.Length);
        var start = (int)Math.Min(query.Skip ?? 0, total);
        var remaining = (int)Math.Min(query.Top ?? int.MaxValue, total - start);
        var page = ResponsePage.Create(context, remaining);
        return CollectionEnvelope.Write(
            context,
            "Collection(Edm.EntityType)",
            query.IncludeCount ? total : null,
            page.NextLink,
            (json, rowWriter) => WriteRows(json, rowWriter, matches, start + page.Start, page.Count));
    }

    private List<(Table Table, int[] Rows)> FindMatches(SearchExpression? search) =>
    [
        .. context.Tables.Model.Sets
            .Where(set => search is null || set.SearchPaths.Count > 0)
            .Select(set => (context.Tables[set], new QueryPlan(context.Compiler, context.Tables[set], new Query { Search = search })
                .GetMatches(new RowRange(0, context.Tables[set].Count, null), context.Evaluation))),
    ];

    private void WriteRows(JsonPayloadWriter json, RowWriter rowWriter, List<(Table Table, int[] Rows)> matches, int start, int count)
    {
        json.WriteStartArray();
        foreach (var (table, row) in matches.SelectMany(part => part.Rows.Select(row => (part.Table, row))).Skip(start).Take(count))
        {
            json.WriteStartObject();
            if (context.Format.MetadataLevel == MetadataLevel.Minimal)
            {
                json.WriteMember(context.Format.ControlPrefix + "type", "#" + table.GetRowType(row).FullName);
                json.WriteMember(context.Format.ControlPrefix + "id", context.EntityUrls.GetUrl(table, row));
            }

            rowWriter.WriteMembers(new RowProjection(table), row, isTypeWritten: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
