using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to <c>$all</c>: every entity of every set, each with its type and id (OData 4.01 Part 2, 4.14).</summary>
internal sealed class AllAnswer(ReadRequest read)
{
    public ODataResponse Write()
    {
        var query = read.Url.Query;
        var found = Found(query.Search);
        var total = found.Sum(part => part.Rows.Length);
        var start = (int)Math.Min(query.Skip ?? 0, total);
        var left = (int)Math.Min(query.Top ?? int.MaxValue, total - start);
        var page = Page.Of(read, left);
        return Envelope.Write(
            read,
            "Collection(Edm.EntityType)",
            query.Count ? total : null,
            page.NextLink,
            (json, rows) => WriteRows(json, rows, found, start + page.Start, page.Count));
    }

    private List<(Table Table, int[] Rows)> Found(SearchExpression? search) =>
    [
        .. read.Tables.Model.Sets
            .Where(set => search is null || set.Search.Count > 0)
            .Select(set => (read.Tables[set], new RowPlan(read.Compiler, read.Tables[set], new Query { Search = search })
                .Match(new RowRun(0, read.Tables[set].Count, null), read.Scope))),
    ];

    private void WriteRows(JsonOutput json, RowWriter rows, List<(Table Table, int[] Rows)> found, int start, int count)
    {
        json.StartArray();
        foreach (var (table, row) in found.SelectMany(part => part.Rows.Select(row => (part.Table, row))).Skip(start).Take(count))
        {
            json.StartObject();
            if (read.Format.Metadata == MetadataLevel.Minimal)
            {
                json.Member(read.Format.Prefix + "type", "#" + table.TypeAt(row).FullName);
                json.Member(read.Format.Prefix + "id", read.Urls.Of(table, row));
            }

            rows.WriteMembers(new Projection(table), row, hasType: true);
            json.EndObject();
        }

        json.EndArray();
    }
}
