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
            GroupByTransformation group => new GroupByEvaluator(compiler, Apply).Apply(input, group),
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
        var columns = new List<Column>();
        for (var i = 0; i < step.Output.Properties.Count; i++)
        {
            var property = step.Output.Properties[i];
            var computed = step.Properties.FirstOrDefault(candidate => candidate.Name == property.Name);
            columns.Add(computed is null
                ? ColumnBuilder.Gather(input.Table[property.Name], rows)
                : ColumnBuilder.Compute(property, compiler.Compile(computed.Expression), step.Row.Slot, rows, context));
        }

        return RowSet.All(new Table(step.Output, rows.Length, [.. columns]));
    }

    private Table ComputeAggregates(RowSet input, AggregateTransformation step) => new(step.Output, 1, [.. step.Aggregates.Select((aggregate, i) =>
        ColumnBuilder.FromBoxed(step.Output.Properties[i], [new AggregateEvaluator(compiler, step.Row.Slot, aggregate).Evaluate(input.Rows.Span, context)]))]);

    private RowSet Concat(RowSet input, ConcatTransformation step) =>
        RowSet.All(ColumnBuilder.ConcatRows(compiler.Tables, step.Output, [.. step.Sequences.Select(sequence => Apply(input, sequence))]));

    private RowSet Join(RowSet input, JoinTransformation step)
    {
        var collection = compiler.CompileCollection(step.Collection);
        var left = new List<int>();
        var right = new List<int>();
        foreach (var row in input.Rows.Span)
        {
            context.Rows[step.Row.Slot] = row;
            var related = GetRelatedRows(collection, step);
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

        var columns = step.Output.Properties.Select(property => property.Name == step.Alias
            ? new ComplexColumn(property, ColumnBuilder.Gather(collection.Table, [.. right]), [.. right.Select(target => target < 0)])
            : ColumnBuilder.Gather(input.Table[property.Name], [.. left]));
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
