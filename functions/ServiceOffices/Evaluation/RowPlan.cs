using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Which rows of a collection a query keeps, and in which order: compiled once, evaluated for each parent.</summary>
internal sealed class RowPlan
{
    private readonly Compiler compiler;
    private readonly int slot;
    private readonly Node<bool>? filter;
    private readonly SearchMatcher? search;
    private readonly KeyOrder? order;
    private readonly int nodes;
    private readonly bool mayFail;

    public RowPlan(Compiler compiler, Table table, Query query)
    {
        this.compiler = compiler;
        Table = table;
        Query = query;
        slot = query.Row?.Slot ?? 0;
        if (query.Row is not null)
        {
            compiler.Bind(query.Row, table);
        }

        var (before, fallible) = (compiler.Compiled, compiler.Fallible);
        filter = query.Filter is null ? null : compiler.Condition(query.Filter);
        search = query.Search is null ? null : SearchMatcher.Over(compiler.Tables, table, query.Search);
        nodes = compiler.Compiled - before + 1;
        order = query.OrderBy.Count == 0 ? null : KeysOf(table, query);
        mayFail = compiler.Fallible > fallible;
    }

    private KeyOrder KeysOf(Table table, Query query)
    {
        var before = compiler.Compiled;
        SortKey[] keys = [.. query.OrderBy.Select(item => SortKey.Compile(compiler, slot, item))];
        return new KeyOrder(table, keys, compiler.Compiled - before);
    }

    public Table Table { get; }

    public Query Query { get; }

    /// <summary>The rows that are kept, in order, before <c>$skip</c> and <c>$top</c>.</summary>
    public int[] Match(RowRun source, int[] scope)
    {
        if (ScanOf(source) is { } scan)
        {
            return scan.Read(scope, from: 0, most: Table.Count, count: false).Rows.ToArray();
        }

        return MatchEach(source, scope);
    }

    private int[] MatchEach(RowRun source, int[] scope)
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

        return order is null ? rows : order.Part(rows, 0, kept, scope);
    }

    /// <summary>The part of the matches that <c>$skip</c> and <c>$top</c> leave.</summary>
    public ReadOnlyMemory<int> Cut(int[] matches)
    {
        var start = (int)Math.Min(Query.Skip ?? 0, matches.Length);
        var count = (int)Math.Min(Query.Top ?? long.MaxValue, matches.Length - start);
        return matches.AsMemory(start, count);
    }

    /// <summary>The part of the rows that a page shows, after <c>$skip</c> and <c>$top</c>.</summary>
    /// <param name="served">How many rows earlier pages have shown.</param>
    /// <param name="most">How many rows are wanted at most.</param>
    /// <param name="count">Whether the matches are to be counted, before <c>$skip</c> and <c>$top</c>.</param>
    public Window Page(RowRun source, int[] scope, long served, int most, bool count)
    {
        if (ScanOf(source) is not { } scan)
        {
            var matches = MatchEach(source, scope);
            var left = Cut(matches);
            var start = (int)Math.Min(served, left.Length);
            return new Window(left.Slice(start, Math.Min(most, left.Length - start)), matches.Length);
        }

        // What is skipped beyond any table is all of it.
        var from = Math.Min(Query.Skip ?? 0, Table.Count) + Math.Min(served, Table.Count);
        return scan.Read(scope, from, (int)Math.Clamp((Query.Top ?? long.MaxValue) - served, 0, most), count);
    }

    /// <summary>How to read a whole published table without going through each row's nodes; null where that is not what is asked for, or would change which errors there are.</summary>
    private TableScan? ScanOf(RowRun source)
    {
        var isWhole = source is { Map: null, Start: 0 } && source.End == Table.Count && compiler.Indexes.Serves(Table.Count) && compiler.Tables.Holds(Table);
        if (!isWhole || mayFail || Query.Row is not { } row)
        {
            return null;
        }

        compiler.Bind(row, Table);
        var selection = Query.Filter is null ? null : new SelectionCompiler(compiler, Table, row).Compile(Query.Filter);
        if (search is not null)
        {
            var found = Found(search);
            selection = selection is null ? found : new Both(selection, found);
        }

        return new TableScan(Table, selection, OrderOf(row));
    }

    private RowOrder? OrderOf(Variable row) => order is null
        ? null
        : (RowOrder?)RankOrder.Of(compiler, Table, row, Query.OrderBy) ?? (RowOrder?)PlaceOrder.Of(Table, row, Query.OrderBy) ?? order;

    private Selection Found(SearchMatcher search)
    {
        var exact = new SearchTruth(search);
        return search.Wanted is not 0 and var wanted
            && compiler.Indexes.SignaturesOf(search.Texts, Table.Count, row => search.Texts[row]) is { } signatures
            ? new Both(new TextParts(signatures, wanted), exact)
            : exact;
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
