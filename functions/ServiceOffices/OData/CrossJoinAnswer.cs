using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to <c>$crossjoin(a,b)</c>: a row for each combination of one entity of each set (OData 4.01 Part 2, 4.15).</summary>
internal sealed class CrossJoinAnswer(ReadRequest read, CrossJoinResource resource)
{
    public ODataResponse Write()
    {
        var query = read.Url.Query;
        var table = Product(read, resource);
        var plan = new RowPlan(read.Compiler, table, query);
        var matches = plan.Match(new RowRun(0, table.Count, null), read.Scope);
        var left = plan.Cut(matches);
        var page = Page.Of(read, left.Length);
        var projection = new Projection(read.Compiler, table, query);
        return Envelope.Write(
            read,
            "Collection(Edm.ComplexType)",
            query.Count ? matches.Length : null,
            page.NextLink,
            (json, rows) => WriteRows(json, rows, projection, left.Slice(page.Start, page.Count).Span));
    }

    /// <exception cref="QueryException">400: more combinations than the limits allow.</exception>
    public static Table Product(ReadRequest read, CrossJoinResource resource)
    {
        var type = read.Url.Query.RowType!;
        var tables = resource.Sets.Select(set => read.Tables[set]).ToArray();
        var count = tables.Aggregate(1L, (product, table) => Math.Min(product * table.Count, int.MaxValue));
        if (count > read.Options.Limits.MaxCrossJoinRows)
        {
            throw new QueryException(400, "LimitExceeded",
                $"$crossjoin must make at most {read.Options.Limits.MaxCrossJoinRows} combinations (MaxCrossJoinRows); these sets make more.");
        }

        var starts = Enumerable.Range(0, (int)count + 1).ToArray();
        var columns = new Column[tables.Length];
        var repeat = (int)count;
        for (var i = 0; i < columns.Length; i++)
        {
            // The last set's entities change fastest.
            var size = Math.Max(1, tables[i].Count);
            repeat /= size;
            var rows = new int[count];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = row / Math.Max(1, repeat) % size;
            }

            columns[i] = new LinkColumn(type.Properties[i], tables[i], starts, rows);
        }

        return new Table(type, (int)count, columns);
    }

    private void WriteRows(JsonOutput json, RowWriter rows, Projection projection, ReadOnlySpan<int> page)
    {
        var expanded = projection.Items.OfType<ExpandedItem>().Select(item => item.Property).ToHashSet();
        var linked = projection.Table.Type.Properties.Where(property => !expanded.Contains(property)).ToArray();
        json.StartArray();
        foreach (var row in page)
        {
            json.StartObject();
            foreach (var property in linked)
            {
                var link = (LinkColumn)projection.Table[property];
                json.Member(property.Name + read.Format.Prefix + "navigationLink", read.Urls.Of(link.Target, link.SingleAt(row)));
            }

            rows.WriteMembers(projection, row);
            json.EndObject();
        }

        json.EndArray();
    }
}
