using ODataEngine.Execution;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Responses;

/// <summary>Builds the response to <c>$crossjoin(a,b)</c>: a row for each combination of one entity of each set (OData 4.01 Part 2, 4.15).</summary>
internal sealed class CrossJoinResponseBuilder(ReadContext context, CrossJoinResource resource)
{
    public ODataResponse Build()
    {
        var query = context.Url.Query;
        var (table, rows) = GetSource(context, resource);
        var plan = new QueryPlan(context.Compiler, table, query);
        var matches = plan.GetMatches(rows, context.Evaluation);
        var remaining = plan.ApplySkipTop(matches);
        var page = ResponsePage.Create(context, remaining.Length);
        var projection = new RowProjection(context.Compiler, table, query);
        return CollectionEnvelope.Write(
            context,
            "Collection(Edm.ComplexType)",
            query.IncludeCount ? matches.Length : null,
            page.NextLink,
            (json, rowWriter) => WriteRows(json, rowWriter, projection, remaining.Slice(page.Start, page.Count).Span));
    }

    /// <summary>Gets the rows that the query options after <c>$apply</c> apply to.</summary>
    /// <exception cref="ODataRequestException">400: more combinations than the limits allow.</exception>
    public static (Table Table, RowRange Rows) GetSource(ReadContext context, CrossJoinResource resource)
    {
        var product = CreateProduct(context, resource);
        return CollectionResponseBuilder.Transform(context, product, new RowRange(0, product.Count, null));
    }

    private static Table CreateProduct(ReadContext context, CrossJoinResource resource)
    {
        var query = context.Url.Query;
        var type = query.Apply is [var first, ..] ? (StructuredType)first.Row.VariableType : query.RowType!;
        var tables = resource.EntitySets.Select(set => context.Tables[set]).ToArray();
        var count = tables.Aggregate(1L, (product, table) => Math.Min(product * table.Count, int.MaxValue));
        if (count > context.Options.Limits.MaxCrossJoinRows)
        {
            throw ODataErrors.LimitExceeded(
                $"$crossjoin can have at most {context.Options.Limits.MaxCrossJoinRows} combinations (MaxCrossJoinRows); these entity sets have more.");
        }

        var starts = Enumerable.Range(0, (int)count + 1).ToArray();
        var columns = new Column[tables.Length];
        var repeat = (int)count;
        for (var i = 0; i < columns.Length; i++)
        {
            // The entities of the last set vary fastest.
            var size = Math.Max(1, tables[i].Count);
            repeat /= size;
            var rows = new int[count];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = row / Math.Max(1, repeat) % size;
            }

            columns[i] = new NavigationColumn(type.Properties[i], tables[i], starts, rows);
        }

        return new Table(type, (int)count, columns);
    }

    private void WriteRows(JsonPayloadWriter json, RowWriter rowWriter, RowProjection projection, ReadOnlySpan<int> pageRows)
    {
        var expanded = projection.Items.OfType<ExpandedItem>().Select(item => item.Property).ToHashSet();
        // OData JSON Format 4.01, 3.1.3: links are control information that metadata=none omits.
        Property[] unexpanded = context.Format.MetadataLevel == MetadataLevel.None
            ? []
            : [.. projection.Table.Type.Properties.Where(property => property.IsNavigation && !expanded.Contains(property))];
        json.WriteStartArray();
        foreach (var row in pageRows)
        {
            json.WriteStartObject();
            foreach (var property in unexpanded)
            {
                var link = (NavigationColumn)projection.Table[property];
                if (link.IsNull(row))
                {
                    // A row that $apply made without this entity.
                    continue;
                }

                json.WriteMember(property.Name + context.Format.ControlPrefix + "navigationLink", context.EntityUrls.GetUrl(link.Target, link.GetSingleTarget(row)));
            }

            rowWriter.WriteMembers(projection, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
