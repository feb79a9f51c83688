using System.Buffers;
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
        var body = Envelope.Write(
            read,
            "Collection(Edm.EntityType)",
            query.Count ? total : null,
            page.NextLink,
            output => WriteRows(output, found, start + page.Start, page.Count));
        return read.Response(200, read.Format.ContentType, body);
    }

    private List<(Table Table, int[] Rows)> Found(SearchExpression? search) =>
    [
        .. read.Tables.Model.Sets
            .Where(set => search is null || set.Search.Count > 0)
            .Select(set => (read.Tables[set], new RowPlan(read.Compiler, read.Tables[set], new Query { Search = search })
                .Match(new RowRun(0, read.Tables[set].Count, null), read.Scope))),
    ];

    private void WriteRows(ArrayBufferWriter<byte> output, List<(Table Table, int[] Rows)> found, int start, int count)
    {
        var shown = found.SelectMany(part => part.Rows.Select(row => (part.Table, Row: row))).Skip(start).Take(count).ToArray();
        using var rows = new RowWriter(output, read.Format, read.Preferences.OmitNulls, read.Urls, read.Scope);
        rows.WriteArray(Enumerable.Range(0, shown.Length).ToArray(), place =>
        {
            var (table, row) = shown[place];
            var first = true;
            if (read.Format.Metadata == MetadataLevel.Minimal)
            {
                rows.WriteText(read.Format.Prefix + "type", "#" + table.TypeAt(row).FullName, ref first);
                rows.WriteText(read.Format.Prefix + "id", read.Urls.Of(table, row), ref first);
            }

            rows.WriteMembers(new Projection(table), row, first, hasType: true);
        });
    }
}
