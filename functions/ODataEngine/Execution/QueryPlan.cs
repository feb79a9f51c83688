using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Nodes;
using ODataEngine.Execution.Ordering;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution;

/// <summary>Selects the rows of a collection that a query's <c>$filter</c> and <c>$search</c> keep, in <c>$orderby</c> order: compiled once, evaluated for each parent row.</summary>
internal sealed class QueryPlan
{
    private readonly ExpressionCompiler compiler;
    private readonly int slot;
    private readonly CompiledCondition? filter;
    private readonly SearchMatcher? search;
    private readonly ExpressionOrder? order;
    private readonly int nodeCount;
    private readonly bool canScan;
    private TableScan? scan;

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
        filter = query.Filter is null ? null : compiler.CompileFilter(query.Filter);
        search = query.Search is null ? null : SearchMatcher.Create(compiler.Tables, table, query.Search);
        nodeCount = compiler.CompiledNodeCount - before + 1;
        order = query.OrderBy.Count == 0 ? null : CreateExpressionOrder(table, query);

        // A scan evaluates some nodes for fewer rows than the row-by-row evaluation does, which would change the errors of nodes that can fail.
        canScan = query.Row is not null && compiler.FallibleNodeCount == fallible;
    }

    private ExpressionOrder CreateExpressionOrder(Table table, Query query)
    {
        var before = compiler.CompiledNodeCount;
        SortKey[] keys = [.. query.OrderBy.Select(item => SortKey.Compile(compiler, slot, item))];
        return new ExpressionOrder(table, keys, compiler.CompiledNodeCount - before);
    }

    public Table Table { get; }

    public Query Query { get; }

    /// <summary>Gets the rows that pass the filter, in order, before <c>$skip</c> and <c>$top</c>.</summary>
    public int[] GetMatches(RowRange source, EvaluationContext context) => FindScan(source) is { } tableScan
        ? tableScan.Read(context, from: 0, maxCount: Table.Count, countAll: false).Rows.ToArray()
        : MatchRowByRow(source, context);

    private int[] MatchRowByRow(RowRange source, EvaluationContext context)
    {
        var rows = new int[source.Count];
        var count = 0;
        var rowsPerCheck = Math.Max(1, QueryBudget.StepsPerClockCheck / nodeCount);
        for (var start = 0; start < source.Count; start += rowsPerCheck)
        {
            var end = Math.Min(source.Count, start + rowsPerCheck);
            context.Budget.ConsumeSteps(end - start, nodeCount);
            for (var i = start; i < end; i++)
            {
                var row = source[i];
                if (IsMatch(row, context))
                {
                    rows[count++] = row;
                }
            }
        }

        if (count < rows.Length)
        {
            Array.Resize(ref rows, count);
        }

        return order is null ? rows : order.SortToArray(rows, 0, count, context);
    }

    private bool IsMatch(int row, EvaluationContext context)
    {
        if (filter is not null)
        {
            context.Rows[slot] = row;
            if (!filter.Node.TryGet(context, out var isTrue) || !isTrue)
            {
                return false;
            }
        }

        return search is null || search.Matches(row);
    }

    /// <summary>Applies <c>$skip</c> and <c>$top</c> to the matches.</summary>
    public ReadOnlyMemory<int> ApplySkipTop(int[] matches)
    {
        var start = (int)Math.Min(Query.Skip ?? 0, matches.Length);
        var count = (int)Math.Min(Query.Top ?? long.MaxValue, matches.Length - start);
        return matches.AsMemory(start, count);
    }

    /// <summary>Gets the rows of one page, after <c>$skip</c> and <c>$top</c>.</summary>
    /// <param name="servedCount">The number of rows on earlier pages.</param>
    /// <param name="maxCount">The maximum number of rows of the page.</param>
    /// <param name="countAll">True to count all matches, before <c>$skip</c> and <c>$top</c>.</param>
    public RowPage GetPage(RowRange source, EvaluationContext context, long servedCount, int maxCount, bool countAll)
    {
        if (FindScan(source) is not { } tableScan)
        {
            var matches = MatchRowByRow(source, context);
            var remaining = ApplySkipTop(matches);
            var start = (int)Math.Min(servedCount, remaining.Length);
            return new RowPage(remaining.Slice(start, Math.Min(maxCount, remaining.Length - start)), matches.Length);
        }

        // $skip may exceed int; no table has more rows than that.
        var from = Math.Min(Query.Skip ?? 0, Table.Count) + Math.Min(servedCount, Table.Count);
        return tableScan.Read(context, from, (int)Math.Clamp((Query.Top ?? long.MaxValue) - servedCount, 0, maxCount), countAll);
    }

    /// <summary>Finds the scan for a whole published table; null if the source is anything else, or if only row-by-row evaluation reports the right errors.</summary>
    private TableScan? FindScan(RowRange source)
    {
        var isWhole = source is { Map: null, Start: 0 } && source.End == Table.Count;
        return isWhole && canScan && compiler.Indexes.CanIndex(Table.Count) && compiler.Tables.Contains(Table)
            ? scan ??= CreateScan(Query.Row!)
            : null;
    }

    private TableScan CreateScan(Variable row)
    {
        var rowFilter = filter is null ? null : new RowFilterCompiler(compiler.Indexes, Table, row).Compile(filter);
        if (search is not null)
        {
            var searchFilter = CreateSearchFilter(search);
            rowFilter = rowFilter is null ? searchFilter : new AndFilter(rowFilter, searchFilter);
        }

        return new TableScan(Table, rowFilter, CreateOrder(row));
    }

    private RowFilter CreateSearchFilter(SearchMatcher matcher)
    {
        var exact = new SearchFilter(matcher);
        return matcher.RequiredSignature is not 0 and var required
            && compiler.Indexes.GetOrCreateSignatures(matcher.SearchStrings, Table.Count, row => matcher.SearchStrings[row]) is { } signatures
            ? new AndFilter(new SignatureFilter(signatures, required), exact)
            : exact;
    }

    private RowOrder? CreateOrder(Variable row) => order is null
        ? null
        : (RowOrder?)IndexedOrder.Create(compiler.Indexes, Table, row, Query.OrderBy) ?? (RowOrder?)DistanceOrder.Create(Table, row, Query.OrderBy) ?? order;
}
