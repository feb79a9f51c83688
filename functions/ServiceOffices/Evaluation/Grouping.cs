using System.Runtime.InteropServices;
using ServiceOffices.Indexes;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Evaluates groupby with and without rollup (OData Data Aggregation 4.0, 3.2.3).</summary>
/// <param name="apply">Applies the inner steps to a group.</param>
internal sealed class Grouping(Compiler compiler, Func<RowSet, Transformation, RowSet> apply)
{
    private readonly List<RowSet> outcomes = [];

    // For each output row: the group's first input row, and the grouping set that it belongs to.
    private readonly List<(int Row, IReadOnlyList<int> Set)> keys = [];

    public RowSet Apply(RowSet input, GroupByStep step)
    {
        var codes = new Lazy<int[][]>(() => [.. step.Paths.Select(path => CodesOf(input, path))]);
        foreach (var set in step.Sets)
        {
            foreach (var group in Ready(input, step, set) ?? Groups(input.Rows.Span, set, codes.Value))
            {
                Add(input, step, group, set);
            }
        }

        var count = keys.Count;
        var columns = step.Output.Properties.Select(property => OutputColumn(input, step, property, count));
        compiler.Bind(step.Row, input.Table);
        return RowSet.All(new Table(step.Output, count, [.. columns]));
    }

    private void Add(RowSet input, GroupByStep step, ReadOnlyMemory<int> group, IReadOnlyList<int> set)
    {
        if (step.Inner.Count == 0)
        {
            keys.Add((group.Span[0], set));
            return;
        }

        var outcome = new RowSet(input.Table, group);
        foreach (var inner in step.Inner)
        {
            outcome = apply(outcome, inner);
        }

        outcomes.Add(outcome);
        for (var i = 0; i < outcome.Rows.Length; i++)
        {
            keys.Add((group.Span[0], set));
        }
    }

    /// <summary>The groups of a whole published table by one of its columns, which that column's index has; null for any other grouping.</summary>
    private List<ReadOnlyMemory<int>>? Ready(RowSet input, GroupByStep step, IReadOnlyList<int> set)
    {
        if (set is not [var only] || step.Paths[only] is not [var property] || IndexOf(input, input.Table[property]) is not { } index)
        {
            return null;
        }

        return [.. Enumerable.Range(0, index.Count).Where(code => index.FirstOf(code) >= 0).OrderBy(index.FirstOf).Select(index.RowsOf)];
    }

    private ColumnIndex? IndexOf(RowSet input, Column column) => input.IsAll ? compiler.IndexOf(input.Table, column) : null;

    /// <summary>The rows of each combination of codes, in the order of their first rows; the codes stand by place in the input.</summary>
    private static IEnumerable<ReadOnlyMemory<int>> Groups(ReadOnlySpan<int> rows, IReadOnlyList<int> set, int[][] codes)
    {
        // Each path refines the grouping by those before it.
        var numbers = new int[rows.Length];
        var groups = Math.Min(1, rows.Length);
        foreach (var path in set)
        {
            var refined = new Dictionary<long, int>();
            for (var place = 0; place < numbers.Length; place++)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    refined, ((long)numbers[place] << 32) | (uint)codes[path][place], out var known);
                numbers[place] = number = known ? number : refined.Count - 1;
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
        for (var place = 0; place < rows.Length; place++)
        {
            sorted[next[numbers[place]]++] = rows[place];
        }

        return Enumerable.Range(0, groups).Select(group => (ReadOnlyMemory<int>)sorted.AsMemory(starts[group]..starts[group + 1]));
    }

    private int[] CodesOf(RowSet input, IReadOnlyList<Property> path)
    {
        if (path is [var property] && IndexOf(input, input.Table[property]) is { } index)
        {
            return index.Codes;
        }

        var (column, rows) = Leaf(input, path);
        return ByKind.Do(column.Property.ElementType, new Coding(column, rows));
    }

    private static (Column Column, int[] Rows) Leaf(RowSet input, IReadOnlyList<Property> path)
    {
        var table = input.Table;
        var rows = input.Rows.ToArray();
        foreach (var step in path.SkipLast(1))
        {
            var column = table[step];
            table = column is LinkColumn link ? link.Target : ((ComplexColumn)column).Fields;
            rows = Array.ConvertAll(rows, row => row < 0 || column.IsNull(row) ? -1 : column is LinkColumn single ? single.SingleAt(row) : row);
        }

        return (table[path[^1]], rows);
    }

    private Column OutputColumn(RowSet input, GroupByStep step, Property property, int count)
    {
        var paths = Enumerable.Range(0, step.Paths.Count).Where(i => step.Paths[i][0].Name == property.Name).ToArray();
        if (paths.Length > 0)
        {
            var rows = keys.Select(key => paths.Any(key.Set.Contains) ? key.Row : -1).ToArray();
            return KeyColumn(property, input.Table, rows, [.. paths.Select(i => step.Paths[i])]);
        }

        // What the inner steps make stands in the order of the groups.
        return Columns.Concat(compiler.Tables, property, outcomes);
    }

    /// <summary>The grouping values: a column of the input, or a structure of what the paths through it group by.</summary>
    private static Column KeyColumn(Property output, Table table, int[] rows, List<IReadOnlyList<Property>> paths)
    {
        var source = table[paths[0][0].Name];
        if (paths[0].Count == 1)
        {
            return Columns.Gather(source, rows);
        }

        var (inner, innerRows) = source is LinkColumn link
            ? (link.Target, Array.ConvertAll(rows, row => row < 0 ? -1 : link.SingleAt(row)))
            : (((ComplexColumn)source).Fields, Array.ConvertAll(rows, row => row < 0 || source.IsNull(row) ? -1 : row));
        var type = (StructuredType)output.Type;
        var columns = type.Properties.Select(property => KeyColumn(
            property, inner, innerRows, [.. paths.Where(path => path[1].Name == property.Name).Select(path => (IReadOnlyList<Property>)[.. path.Skip(1)])]));
        return new ComplexColumn(output, new Table(type, rows.Length, [.. columns]), Array.ConvertAll(innerRows, row => row < 0));
    }

    /// <summary>A number for each distinct value, 0 for null; by place.</summary>
    private readonly record struct Coding(Column Column, int[] Rows) : ByKind.IWork<int[]>
    {
        public int[] Do<T>()
        {
            var column = (ValueColumn<T>)Column;
            var numbers = new Dictionary<ValueTuple<T>, int>(EqualityComparer<ValueTuple<T>>.Create(
                (one, two) => ValueOrder<T>.Same(one.Item1, two.Item1), value => ValueOrder<T>.Equality.GetHashCode(value.Item1!)));
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
