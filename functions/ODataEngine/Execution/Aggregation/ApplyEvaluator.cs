using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Aggregation;

/// <summary>Evaluates <c>$apply</c>: each transformation creates rows from rows (OData Data Aggregation 4.0, 3).</summary>
internal sealed class ApplyEvaluator(ExpressionCompiler compiler, EvaluationContext context)
{
    public RowSet Apply(RowSet input, IReadOnlyList<Transformation> steps)
    {
        foreach (var step in steps)
        {
            input = Apply(input, step);
        }

        return input;
    }

    private RowSet Apply(RowSet input, Transformation step)
    {
        context.Budget.CheckTime();
        compiler.Bind(step.Row, input.Table);
        return step switch
        {
            IdentityTransformation => input,
            FilterTransformation filter => ApplyQuery(input, new Query { Row = step.Row, Filter = filter.Filter }),
            SearchTransformation search => ApplyQuery(input, new Query { Row = step.Row, Search = search.Search }),
            OrderByTransformation order => ApplyQuery(input, new Query { Row = step.Row, OrderBy = order.Items }),
            SkipTransformation skip => input with { Rows = input.Rows[(int)Math.Min(skip.Count, input.Rows.Length)..] },
            TopTransformation top => input with { Rows = input.Rows[..(int)Math.Min(top.Count, input.Rows.Length)] },
            TopBottomTransformation rank => new TopBottomEvaluator(compiler, context).Apply(input, rank),
            ComputeTransformation compute => Compute(input, compute),
            AggregateTransformation aggregate => RowSet.All(ComputeAggregates(input, aggregate)),
            GroupByTransformation group => new GroupByEvaluator(compiler, context.Budget, Apply).Apply(input, group),
            ConcatTransformation concat => Concat(input, concat),
            JoinTransformation join => Join(input, join),
            _ => throw ODataErrors.NotSupported($"The transformation {step.GetType().Name} is not supported.", "$apply"),
        };
    }

    private RowSet ApplyQuery(RowSet input, Query query) =>
        input with { Rows = new QueryPlan(compiler, input.Table, query).GetMatches(RowRange.From(input), context) };

    private RowSet Compute(RowSet input, ComputeTransformation step)
    {
        var rows = input.Rows.Span;
        context.Budget.ConsumeRows(rows.Length);
        context.Budget.ConsumeTable(step.Output.Properties.Count, 0);
        var columns = new List<Column>();
        for (var i = 0; i < step.Output.Properties.Count; i++)
        {
            var property = step.Output.Properties[i];
            var computed = step.Properties.FirstOrDefault(candidate => candidate.Name == property.Name);
            columns.Add(computed is null
                ? GatherColumn(input, property)
                : ComputeColumn(property, computed.Expression, step.Row.Slot, rows));
        }

        return RowSet.All(new Table(step.Output, rows.Length, [.. columns]));
    }

    // All rows in their order share the column of the input.
    private Column GatherColumn(RowSet input, Property property) => input.IsAll
        ? input.Table[property.Name]
        : ColumnBuilder.Gather(input.Table[property.Name], input.Rows.Span, context.Budget);

    private Column ComputeColumn(Property property, Expression expression, int slot, ReadOnlySpan<int> rows)
    {
        var before = compiler.CompiledNodeCount;
        var node = compiler.Compile(expression);
        context.Budget.ConsumeSteps(rows.Length, compiler.CompiledNodeCount - before);
        return ColumnBuilder.Compute(property, node, slot, rows, context);
    }

    private Table ComputeAggregates(RowSet input, AggregateTransformation step) => new(step.Output, 1, [.. step.Aggregates.Select((aggregate, i) =>
        ColumnBuilder.FromBoxed(step.Output.Properties[i], [new AggregateEvaluator(compiler, step.Row.Slot, aggregate).Evaluate(input.Rows.Span, context)]))]);

    private RowSet Concat(RowSet input, ConcatTransformation step) =>
        RowSet.All(new RowConcatenation(compiler.Tables, context.Budget).ConcatRows(step.Output, [.. step.Sequences.Select(sequence => ApplySequence(input, sequence))]));

    private RowSet ApplySequence(RowSet input, IReadOnlyList<Transformation> sequence)
    {
        var output = Apply(input, sequence);
        context.Budget.ConsumeRows(output.Rows.Length);
        return output;
    }

    private RowSet Join(RowSet input, JoinTransformation step)
    {
        var collection = compiler.CompileCollection(step.Collection);
        var left = new List<int>();
        var right = new List<int>();
        foreach (var row in input.Rows.Span)
        {
            context.Rows[step.Row.Slot] = row;
            var related = GetRelatedRows(collection, step);
            context.Budget.ConsumeRows(Math.Max(related.Length, step.IsOuter ? 1 : 0));
            context.Budget.ConsumeSteps(1, 1 + related.Length);
            foreach (var target in related)
            {
                left.Add(row);
                right.Add(target);
            }

            if (step.IsOuter && related.Length == 0)
            {
                left.Add(row);
                right.Add(-1);
            }
        }

        context.Budget.ConsumeTable(step.Output.Properties.Count + collection.Table.Type.AllProperties.Count, left.Count);
        var columns = step.Output.Properties.Select(property => property.Name == step.Alias
            ? new ComplexColumn(property, ColumnBuilder.Gather(collection.Table, [.. right], context.Budget), [.. right.Select(target => target < 0)])
            : ColumnBuilder.Gather(input.Table[property.Name], [.. left], context.Budget));
        return RowSet.All(new Table(step.Output, left.Count, [.. columns]));
    }

    private int[] GetRelatedRows(CollectionNode collection, JoinTransformation step)
    {
        var range = collection.GetRows(context);
        var rows = new int[range.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = range[i];
        }

        if (step.InnerTransformations.Count == 0)
        {
            return rows;
        }

        var outcome = Apply(new RowSet(collection.Table, rows), step.InnerTransformations);
        return outcome.Table == collection.Table
            ? outcome.Rows.ToArray()
            : throw ODataErrors.NotSupported("join with transformations that create new rows is not supported.", "$apply");
    }
}
