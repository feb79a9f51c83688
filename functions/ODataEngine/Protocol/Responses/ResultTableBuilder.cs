using ODataEngine.Execution;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Responses;

/// <summary>
/// Builds a table of the result of a query. Selected properties share the existing columns, computed properties become
/// columns, an expanded entity becomes a complex value and expanded entities become a collection.
/// </summary>
internal sealed class ResultTableBuilder(ReadContext context)
{
    private const string CountSuffix = "/$count";
    private const string ReferenceSuffix = "/$ref";

    private readonly EvaluationContext evaluation = context.Evaluation;

    /// <summary>Builds the table of the projected rows, in their order.</summary>
    public RowSet Build(RowProjection projection, ReadOnlyMemory<int> rows)
    {
        if (projection.IsComplete)
        {
            return new RowSet(projection.Table, rows);
        }

        var items = GetItems(projection, rows.Span);
        return items.TrueForAll(item => item is ColumnItem { Plan: null, Nested: null })
            ? new RowSet(CreateTable(projection, projection.Table.Count, [.. items.Select(item => ((ColumnItem)item).Column)]), rows)
            : RowSet.All(Materialize(projection, items, rows.ToArray(), _ => { }));
    }

    /// <param name="rows">-1 for a missing row.</param>
    /// <param name="enterOuterRow">Sets the variables of the outer rows for the row at an index.</param>
    private Table Materialize(RowProjection projection, int[] rows, Action<int> enterOuterRow) => projection.IsComplete
        ? ColumnBuilder.Gather(projection.Table, rows, evaluation.Budget)
        : Materialize(projection, GetItems(projection, rows), rows, enterOuterRow);

    private Table Materialize(RowProjection projection, List<ProjectedItem> items, int[] rows, Action<int> enterOuterRow)
    {
        evaluation.Budget.ConsumeSteps(rows.Length, projection.NodeCount);
        var columns = new List<Column>();
        foreach (var item in items)
        {
            columns.AddRange(item switch
            {
                ComputedItem computed => [TypeDispatcher.Dispatch(computed.Type, new ComputedColumnOperation(computed, rows.Length, EnterRow, evaluation))],
                ExpandedItem expanded => CreateExpandedColumns(expanded),
                ColumnItem { Column: ComplexColumn complex, Nested: { } nested } =>
                    [CreateComplexColumn(complex.Property, nested, Array.ConvertAll(rows, row => row < 0 || complex.IsNull(row) ? -1 : row), EnterRow).MarkAbsent(ColumnBuilder.GatherAbsent(complex, rows))],
                ColumnItem { Column: CollectionColumn collection, Plan: { } plan } column => CreateCollectionColumns(collection, plan, column.Nested!),
                _ => [ColumnBuilder.Gather(((ColumnItem)item).Column, rows, evaluation.Budget)],
            });
        }

        return CreateTable(projection, rows.Length, [.. columns]);

        bool EnterRow(int index)
        {
            enterOuterRow(index);
            if (projection.Slot is { } slot)
            {
                evaluation.Rows[slot] = rows[index];
            }

            return rows[index] >= 0;
        }

        IEnumerable<Column> CreateCollectionColumns(CollectionColumn column, QueryPlan plan, RowProjection nested)
        {
            var (matchedRows, counts) = MatchRows(plan, rows.Length, EnterRow, index => new RowRange(column.Starts[rows[index]], column.Starts[rows[index] + 1], null));
            if (plan.Query.IncludeCount)
            {
                yield return CreateCountColumn(column.Property.Name, counts);
            }

            yield return CreateCollectionColumn(column.Property, column.Elements.Type.Find(CollectionColumn.ItemName) is null ? nested : null, column.Elements, matchedRows, EnterRow);
        }

        IEnumerable<Column> CreateExpandedColumns(ExpandedItem expanded)
        {
            var (related, getRange) = expanded.GetRelated(rows, EnterRow, evaluation);
            var (matchedRows, counts) = MatchRows(related.Plan, rows.Length, EnterRow, getRange);
            if (expanded.Form == ExpandKind.Count || related.Plan.Query.IncludeCount)
            {
                yield return CreateCountColumn(expanded.Name, counts);
            }

            if (expanded.Form == ExpandKind.Count)
            {
                yield break;
            }

            Array.ForEach(matchedRows, matches => evaluation.Budget.ConsumeEntities(matches.Length));
            yield return expanded switch
            {
                { Form: ExpandKind.References } => CreateReferenceColumn(expanded.Property, related.Plan.Table, matchedRows),
                { Property.IsCollection: true } => CreateCollectionColumn(expanded.Property, related.Nested, related.Plan.Table, matchedRows, EnterRow),
                _ => CreateComplexColumn(expanded.Property, related.Nested, Array.ConvertAll(matchedRows, matches => matches.IsEmpty ? -1 : matches.Span[0]), EnterRow),
            };
        }
    }

    /// <summary>Gets the projected items of rows of all types; those of derived types follow the common ones.</summary>
    private static List<ProjectedItem> GetItems(RowProjection projection, ReadOnlySpan<int> rows)
    {
        List<ProjectedItem> items = [.. projection.Items];
        var seen = new HashSet<StructuredType> { projection.Type };
        foreach (var row in rows)
        {
            if (row >= 0 && seen.Add(projection.Table.GetRowType(row)))
            {
                items.AddRange(projection.ForRow(row).Items.ExceptBy(items.Select(item => item.Name), item => item.Name));
            }
        }

        return items;
    }

    /// <summary>Gets the related rows of each row that pass the plan, and their numbers before <c>$skip</c> and <c>$top</c>.</summary>
    private (ReadOnlyMemory<int>[] Rows, long[] Counts) MatchRows(QueryPlan plan, int rowCount, Func<int, bool> enterRow, Func<int, RowRange> source)
    {
        var matchedRows = new ReadOnlyMemory<int>[rowCount];
        var counts = new long[rowCount];
        for (var index = 0; index < rowCount; index++)
        {
            if (enterRow(index))
            {
                var matches = plan.GetMatches(source(index), evaluation);
                counts[index] = matches.Length;
                matchedRows[index] = plan.ApplySkipTop(matches);
            }
        }

        return (matchedRows, counts);
    }

    private static ValueColumn<long> CreateCountColumn(string name, long[] counts) =>
        new(new Property(name + CountSuffix, PrimitiveType.Int64, nullable: false), counts, null);

    private ComplexColumn CreateComplexColumn(Property property, RowProjection nested, int[] rows, Func<int, bool> enterRow)
    {
        var fields = Materialize(nested, rows, index => enterRow(index));
        return new ComplexColumn(CopyProperty(property, property.Name, fields.Type), fields, Array.ConvertAll(rows, row => row < 0));
    }

    /// <param name="nested">Null if the items are primitive.</param>
    private CollectionColumn CreateCollectionColumn(Property property, RowProjection? nested, Table source, ReadOnlyMemory<int>[] matchedRows, Func<int, bool> enterRow)
    {
        var (starts, items, owners) = Flatten(matchedRows);
        var elements = nested is null ? ColumnBuilder.Gather(source, items, evaluation.Budget) : Materialize(nested, items, item => enterRow(owners[item]));
        return new CollectionColumn(nested is null ? property : CopyProperty(property, property.Name, new CollectionType(elements.Type)), elements, starts);
    }

    private Column CreateReferenceColumn(Property property, Table target, ReadOnlyMemory<int>[] matchedRows)
    {
        var (starts, items, _) = Flatten(matchedRows);
        var urls = Array.ConvertAll(items, row => context.EntityUrls.GetUrl(target, row));
        if (!property.IsCollection)
        {
            var values = matchedRows.Select((related, index) => related.IsEmpty ? null! : urls[starts[index]]).ToArray();
            return new ValueColumn<string>(CopyProperty(property, property.Name + ReferenceSuffix, PrimitiveType.String), values, Array.ConvertAll(matchedRows, related => related.IsEmpty));
        }

        var item = new Property(CollectionColumn.ItemName, PrimitiveType.String, nullable: false);
        var elements = new Table(new StructuredType("", "Reference", [item], []), urls.Length, [new ValueColumn<string>(item, urls, null)]);
        return new CollectionColumn(CopyProperty(property, property.Name + ReferenceSuffix, new CollectionType(PrimitiveType.String)), elements, starts);
    }

    private static (int[] Starts, int[] Items, int[] Owners) Flatten(ReadOnlyMemory<int>[] matchedRows)
    {
        var starts = new int[matchedRows.Length + 1];
        var items = new List<int>();
        var owners = new List<int>();
        for (var index = 0; index < matchedRows.Length; index++)
        {
            items.AddRange(matchedRows[index].Span);
            owners.AddRange(Enumerable.Repeat(index, matchedRows[index].Length));
            starts[index + 1] = items.Count;
        }

        return (starts, [.. items], [.. owners]);
    }

    /// <summary>Creates a table of the columns, with a type of their properties.</summary>
    private static Table CreateTable(RowProjection projection, int count, Column[] columns)
    {
        var source = projection.Table.Type;
        Property[] properties = [.. columns.Select(column => column.Property)];
        var key = source.Key.All(properties.Contains) ? source.Key.Select(part => part.Name) : [];
        return new Table(new StructuredType(source.FullName[..^(source.Name.Length + 1)], source.Name, properties, [.. key]) { Terms = source.Terms, EventProperties = source.EventProperties }, count, columns);
    }

    private static Property CopyProperty(Property property, string name, DataType type) =>
        new(name, type, property.IsNullable) { Title = property.Title, Description = property.Description, Terms = property.Terms };

    private readonly record struct ComputedColumnOperation(ComputedItem Item, int Count, Func<int, bool> EnterRow, EvaluationContext Evaluation) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            Evaluation.Budget.ConsumeMemory(ColumnBuilder.GetBytes<T>(Count));
            var node = (Node<T>)Item.Node;
            var values = new T[Count];
            var nulls = new bool[Count];
            for (var index = 0; index < values.Length; index++)
            {
                nulls[index] = !EnterRow(index) || !node.TryGet(Evaluation, out values[index]);
                Evaluation.Budget.ConsumeValue(values[index]);
            }

            return new ValueColumn<T>(new Property(Item.Name, Item.Type, nullable: true), values, nulls);
        }
    }
}
