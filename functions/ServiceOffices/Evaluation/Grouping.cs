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
        var leaves = step.Paths.Select(path => Leaf(input, path)).ToArray();
        var codes = Array.ConvertAll(leaves, leaf => ByKind.Do(leaf.Column.Property.ElementType, new Coding(leaf.Column, leaf.Rows)));
        foreach (var set in step.Sets)
        {
            foreach (var group in Groups(input.Rows.Span, set, codes))
            {
                Add(input, step, [.. group], set);
            }
        }

        var count = keys.Count;
        var columns = step.Output.Properties.Select(property => OutputColumn(input, step, property, count));
        compiler.Bind(step.Row, input.Table);
        return RowSet.All(new Table(step.Output, count, [.. columns]));
    }

    private void Add(RowSet input, GroupByStep step, int[] group, IReadOnlyList<int> set)
    {
        if (step.Inner.Count == 0)
        {
            keys.Add((group[0], set));
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
            keys.Add((group[0], set));
        }
    }

    /// <summary>The rows of each combination of codes, in the order of their first rows; the codes stand by place in the input.</summary>
    private static List<List<int>> Groups(ReadOnlySpan<int> rows, IReadOnlyList<int> set, int[][] codes)
    {
        // Each path refines the grouping by those before it.
        var numbers = new int[rows.Length];
        foreach (var path in set)
        {
            var refined = new Dictionary<(int, int), int>();
            for (var place = 0; place < numbers.Length; place++)
            {
                var key = (numbers[place], codes[path][place]);
                refined.TryAdd(key, refined.Count);
                numbers[place] = refined[key];
            }
        }

        var groups = new List<List<int>>();
        for (var place = 0; place < numbers.Length; place++)
        {
            if (numbers[place] == groups.Count)
            {
                groups.Add([]);
            }

            groups[numbers[place]].Add(rows[place]);
        }

        return groups;
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
