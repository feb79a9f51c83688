using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Nodes;
using ODataEngine.Execution.Ordering;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution;

/// <summary>Which rows of a collection a query keeps, and in which order: compiled once, evaluated for each parent.</summary>
internal sealed class QueryPlan
{
    private readonly ExpressionCompiler compiler;
    private readonly int slot;
    private readonly Node<bool>? filter;
    private readonly SearchMatcher? search;
    private readonly ExpressionOrder? order;
    private readonly int nodeCount;
    private readonly bool mayFail;

    public QueryPlan(ExpressionCompiler compiler, Table table, Query query)
    {
        this.compiler = compiler;
        Table = table;
        Query = query;
        slot = query.Row?.Slot ?? 0;
        if (query.Row is not null)
        {
            compiler.Bind(query.Row, table);
        }

        var (before, fallible) = (compiler.CompiledNodeCount, compiler.FallibleNodeCount);
        filter = query.Filter is null ? null : compiler.CompileCondition(query.Filter);
        search = query.Search is null ? null : SearchMatcher.Create(compiler.Tables, table, query.Search);
        nodeCount = compiler.CompiledNodeCount - before + 1;
        order = query.OrderBy.Count == 0 ? null : CreateExpressionOrder(table, query);
        mayFail = compiler.FallibleNodeCount > fallible;
    }

    private ExpressionOrder CreateExpressionOrder(Table table, Query query)
    {
        var before = compiler.CompiledNodeCount;
        SortKey[] keys = [.. query.OrderBy.Select(item => SortKey.Compile(compiler, slot, item))];
        return new ExpressionOrder(table, keys, compiler.CompiledNodeCount - before);
    }

    public Table Table { get; }

    public Query Query { get; }

    /// <summary>The rows that are kept, in order, before <c>$skip</c> and <c>$top</c>.</summary>
    public int[] GetMatches(RowRange source, int[] scope)
    {
        if (CreateScan(source) is { } scan)
        {
            return scan.Read(scope, from: 0, maxCount: Table.Count, countAll: false).Rows.ToArray();
        }

        return MatchRowByRow(source, scope);
    }

    private int[] MatchRowByRow(RowRange source, int[] scope)
    {
        QueryBudget.ConsumeSteps(scope, source.Count, nodeCount);
        var rows = new int[source.Count];
        var count = 0;
        for (var i = 0; i < source.Count; i++)
        {
            var row = source[i];
            if (Matches(row, scope))
            {
                rows[count++] = row;
            }
        }

        if (count < rows.Length)
        {
            Array.Resize(ref rows, count);
        }

        return order is null ? rows : order.SortToArray(rows, 0, count, scope);
    }

    /// <summary>The part of the matches that <c>$skip</c> and <c>$top</c> leave.</summary>
    public ReadOnlyMemory<int> ApplySkipTop(int[] matches)
    {
        var start = (int)Math.Min(Query.Skip ?? 0, matches.Length);
        var count = (int)Math.Min(Query.Top ?? long.MaxValue, matches.Length - start);
        return matches.AsMemory(start, count);
    }

    /// <summary>The part of the rows that a page shows, after <c>$skip</c> and <c>$top</c>.</summary>
    /// <param name="servedCount">How many rows earlier pages have shown.</param>
    /// <param name="maxCount">How many rows are wanted at most.</param>
    /// <param name="countAll">Whether the matches are to be counted, before <c>$skip</c> and <c>$top</c>.</param>
    public RowPage GetPage(RowRange source, int[] scope, long servedCount, int maxCount, bool countAll)
    {
        if (CreateScan(source) is not { } scan)
        {
            var matches = MatchRowByRow(source, scope);
            var remaining = ApplySkipTop(matches);
            var start = (int)Math.Min(servedCount, remaining.Length);
            return new RowPage(remaining.Slice(start, Math.Min(maxCount, remaining.Length - start)), matches.Length);
        }

        // What is skipped beyond any table is all of it.
        var from = Math.Min(Query.Skip ?? 0, Table.Count) + Math.Min(servedCount, Table.Count);
        return scan.Read(scope, from, (int)Math.Clamp((Query.Top ?? long.MaxValue) - servedCount, 0, maxCount), countAll);
    }

    /// <summary>How to read a whole published table without going through each row's nodes; null where that is not what is asked for, or would change which errors there are.</summary>
    private TableScan? CreateScan(RowRange source)
    {
        var isWhole = source is { Map: null, Start: 0 } && source.End == Table.Count && compiler.Indexes.CanIndex(Table.Count) && compiler.Tables.Contains(Table);
        if (!isWhole || mayFail || Query.Row is not { } row)
        {
            return null;
        }

        compiler.Bind(row, Table);
        var rowFilter = Query.Filter is null ? null : new RowFilterCompiler(compiler, Table, row).Compile(Query.Filter);
        if (search is not null)
        {
            var searchFilter = CreateSearchFilter(search);
            rowFilter = rowFilter is null ? searchFilter : new AndFilter(rowFilter, searchFilter);
        }

        return new TableScan(Table, rowFilter, CreateOrder(row));
    }

    private RowOrder? CreateOrder(Variable row) => order is null
        ? null
        : (RowOrder?)IndexedOrder.Of(compiler, Table, row, Query.OrderBy) ?? (RowOrder?)DistanceOrder.Of(Table, row, Query.OrderBy) ?? order;

    private RowFilter CreateSearchFilter(SearchMatcher search)
    {
        var exact = new SearchFilter(search);
        return search.RequiredSignature is not 0 and var required
            && compiler.Indexes.GetOrCreateSignatures(search.SearchStrings, Table.Count, row => search.SearchStrings[row]) is { } signatures
            ? new AndFilter(new SignatureFilter(signatures, required), exact)
            : exact;
    }

    private bool Matches(int row, int[] scope)
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
