using System.Runtime.InteropServices;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Aggregation;

/// <summary>Evaluates groupby with and without rollup (OData Data Aggregation 4.0, 3.2.3).</summary>
/// <param name="apply">Applies a transformation to a group.</param>
internal sealed class GroupByEvaluator(ExpressionCompiler compiler, QueryBudget budget, Func<RowSet, Transformation, RowSet> apply)
{
    private readonly List<RowSet> outcomes = [];

    // The first input row of the group of each output row, and the grouping set of the group.
    private readonly List<(int Row, IReadOnlyList<int> Set)> keys = [];

    public RowSet Apply(RowSet input, GroupByTransformation step)
    {
        var codes = new Lazy<int[][]>(() => [.. step.GroupingPaths.Select(path => GetCodes(input, path))]);
        foreach (var set in step.GroupingSets)
        {
            foreach (var group in FindIndexedGroups(input, step, set) ?? GroupRows(input.Rows, set, codes.Value))
            {
                Add(input, step, group, set);
            }
        }

        var count = keys.Count;
        var columns = step.Output.Properties.Select(property => CreateOutputColumn(input, step, property, count));
        compiler.Bind(step.Row, input.Table);
        return RowSet.All(new Table(step.Output, count, [.. columns]));
    }

    private void Add(RowSet input, GroupByTransformation step, ReadOnlyMemory<int> group, IReadOnlyList<int> set)
    {
        if (step.InnerTransformations.Count == 0)
        {
            budget.ConsumeRows(1);
            keys.Add((group.Span[0], set));
            return;
        }

        var outcome = new RowSet(input.Table, group);
        foreach (var inner in step.InnerTransformations)
        {
            outcome = apply(outcome, inner);
        }

        budget.ConsumeRows(outcome.Rows.Length);
        outcomes.Add(outcome);
        for (var i = 0; i < outcome.Rows.Length; i++)
        {
            keys.Add((group.Span[0], set));
        }
    }

    /// <summary>Finds the groups of a whole published table by one of its columns in the index of the column; null for other groupings.</summary>
    private List<ReadOnlyMemory<int>>? FindIndexedGroups(RowSet input, GroupByTransformation step, IReadOnlyList<int> set)
    {
        if (set is not [var pathIndex] || step.GroupingPaths[pathIndex] is not [var property] || FindIndex(input, input.Table[property]) is not { } index)
        {
            return null;
        }

        return [.. Enumerable.Range(0, index.CodeCount).Where(code => index.GetFirstRow(code) >= 0).OrderBy(index.GetFirstRow).Select(index.GetRows)];
    }

    private ColumnIndex? FindIndex(RowSet input, Column column) => input.IsAll ? compiler.FindIndex(input.Table, column) : null;

    /// <summary>Gets the rows of each combination of codes, in order of their first rows. The codes are by index in the input.</summary>
    private IEnumerable<ReadOnlyMemory<int>> GroupRows(ReadOnlyMemory<int> input, IReadOnlyList<int> set, int[][] codes)
    {
        var rows = input.Span;
        budget.ConsumeSteps(rows.Length, set.Count + 1);
        // Each path refines the grouping by the previous ones.
        var numbers = new int[rows.Length];
        var groups = Math.Min(1, rows.Length);
        foreach (var path in set)
        {
            var refined = new Dictionary<long, int>();
            for (var position = 0; position < numbers.Length; position++)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    refined, ((long)numbers[position] << 32) | (uint)codes[path][position], out var exists);
                numbers[position] = number = exists ? number : refined.Count - 1;
            }

            groups = refined.Count;
        }

        var starts = new int[groups + 1];
        foreach (var number in numbers)
        {
            starts[number + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        int[] next = [.. starts];
        var sorted = new int[rows.Length];
        for (var position = 0; position < rows.Length; position++)
        {
            sorted[next[numbers[position]]++] = rows[position];
        }

        return Enumerable.Range(0, groups).Select(group => (ReadOnlyMemory<int>)sorted.AsMemory(starts[group]..starts[group + 1]));
    }

    private int[] GetCodes(RowSet input, IReadOnlyList<Property> path)
    {
        if (path is [var property] && FindIndex(input, input.Table[property]) is { } index)
        {
            return index.Codes;
        }

        var (column, rows) = ResolvePath(input, path);
        return TypeDispatcher.Dispatch(column.Property.ElementType, new EncodeOperation(column, rows));
    }

    private static (Column Column, int[] Rows) ResolvePath(RowSet input, IReadOnlyList<Property> path)
    {
        var table = input.Table;
        var rows = input.Rows.ToArray();
        foreach (var step in path.SkipLast(1))
        {
            var column = table[step];
            table = column is NavigationColumn link ? link.Target : ((ComplexColumn)column).Fields;
            rows = Array.ConvertAll(rows, row => row < 0 || column.IsNull(row) ? -1 : column is NavigationColumn single ? single.GetSingleTarget(row) : row);
        }

        return (table[path[^1]], rows);
    }

    private Column CreateOutputColumn(RowSet input, GroupByTransformation step, Property property, int count)
    {
        var paths = Enumerable.Range(0, step.GroupingPaths.Count).Where(i => step.GroupingPaths[i][0].Name == property.Name).ToArray();
        if (paths.Length > 0)
        {
            return CreateKeyColumn(property, input.Table, [.. keys.Select(key => key.Row)], [.. paths.Select(index => (index, step.GroupingPaths[index]))]);
        }

        // The results of the inner transformations are in the order of the groups.
        return new RowConcatenation(compiler.Tables, budget).Concat(property, outcomes);
    }

    /// <summary>
    /// Creates the column of a grouping property: a column of the input, or complex values with the properties of the grouping paths through it.
    /// The rows of a grouping set without any of the paths lack the property (3.2.3.2).
    /// </summary>
    private Column CreateKeyColumn(Property output, Table table, int[] rows, List<(int Index, IReadOnlyList<Property> Path)> paths)
    {
        var source = table[paths[0].Path[0].Name];
        bool[] absent = [.. keys.Select(key => !paths.Exists(path => key.Set.Contains(path.Index)))];
        int[] present = [.. rows.Select((row, i) => absent[i] ? -1 : row)];
        if (paths[0].Path.Count == 1)
        {
            var column = ColumnBuilder.Gather(source, present, budget);
            return MarkAbsent(column, [.. absent.Select((isAbsent, i) => isAbsent || column.IsAbsent(i))]);
        }

        var (inner, innerRows) = source is NavigationColumn link
            ? (link.Target, Array.ConvertAll(present, row => row < 0 ? -1 : link.GetSingleTarget(row)))
            : (((ComplexColumn)source).Fields, Array.ConvertAll(present, row => row < 0 || source.IsNull(row) ? -1 : row));
        var type = (StructuredType)output.Type;
        var columns = type.Properties.Select(property => CreateKeyColumn(
            property, inner, innerRows, [.. paths.Where(path => path.Path[1].Name == property.Name).Select(path => (path.Index, (IReadOnlyList<Property>)[.. path.Path.Skip(1)]))]));
        return MarkAbsent(new ComplexColumn(output, new Table(type, rows.Length, [.. columns]), Array.ConvertAll(innerRows, row => row < 0)), absent);
    }

    private static Column MarkAbsent(Column column, bool[] absent) => column.MarkAbsent(absent.Contains(true) ? absent : null);

    /// <summary>Assigns a number to each distinct value, 0 to null, and gets the numbers by index.</summary>
    private readonly record struct EncodeOperation(Column Column, int[] Rows) : TypeDispatcher.ITypedOperation<int[]>
    {
        public int[] Invoke<T>()
        {
            var column = (ValueColumn<T>)Column;
            var numbers = new Dictionary<ValueTuple<T>, int>(EqualityComparer<ValueTuple<T>>.Create(
                (left, right) => ValueComparer<T>.AreSame(left.Item1, right.Item1), value => ValueComparer<T>.Equality.GetHashCode(value.Item1!)));
            var codes = new int[Rows.Length];
            for (var i = 0; i < codes.Length; i++)
            {
                if (Rows[i] < 0 || !column.TryGet(Rows[i], out var value))
                {
                    continue;
                }

                if (!numbers.TryGetValue(new(value), out codes[i]))
                {
                    codes[i] = numbers.Count + 1;
                    numbers.Add(new(value), codes[i]);
                }
            }

            return codes;
        }
    }
}
