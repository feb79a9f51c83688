using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Which rows of a collection a query keeps, and in which order: compiled once, evaluated for each parent.</summary>
internal sealed class RowPlan
{
    private readonly int slot;
    private readonly Node<bool>? filter;
    private readonly SearchMatcher? search;
    private readonly SortKey[] order;
    private readonly int nodes;

    public RowPlan(Compiler compiler, Table table, Query query)
    {
        Table = table;
        Query = query;
        slot = query.Row?.Slot ?? 0;
        if (query.Row is not null)
        {
            compiler.Bind(query.Row, table);
        }

        var before = compiler.Compiled;
        filter = query.Filter is null ? null : compiler.Condition(query.Filter);
        search = query.Search is null ? null : SearchMatcher.Over(compiler.Tables, table, query.Search);
        order = [.. query.OrderBy.Select(item => SortKey.Compile(compiler, slot, item))];
        nodes = compiler.Compiled - before + 1;
    }

    public Table Table { get; }

    public Query Query { get; }

    /// <summary>The rows that are kept, in order, before <c>$skip</c> and <c>$top</c>.</summary>
    public int[] Match(RowRun source, int[] scope)
    {
        Allowance.TakeSteps(scope, source.Count, nodes);
        var rows = new int[source.Count];
        var kept = 0;
        for (var i = 0; i < source.Count; i++)
        {
            var row = source[i];
            if (Keeps(row, scope))
            {
                rows[kept++] = row;
            }
        }

        if (kept < rows.Length)
        {
            Array.Resize(ref rows, kept);
        }

        SortKey.Sort(rows, order, scope);
        return rows;
    }

    /// <summary>The part of the matches that <c>$skip</c> and <c>$top</c> leave.</summary>
    public ReadOnlyMemory<int> Cut(int[] matches)
    {
        var start = (int)Math.Min(Query.Skip ?? 0, matches.Length);
        var count = (int)Math.Min(Query.Top ?? long.MaxValue, matches.Length - start);
        return matches.AsMemory(start, count);
    }

    private bool Keeps(int row, int[] scope)
    {
        if (filter is not null)
        {
            scope[slot] = row;
            if (!filter.TryGet(scope, out var held) || !held)
            {
                return false;
            }
        }

        return search is null || search.Matches(row);
    }
}
