using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Evaluates <c>$apply</c>: each step makes rows of rows (OData Data Aggregation 4.0, 3).</summary>
internal sealed class Aggregation(Compiler compiler, int[] scope)
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
        Allowance.CheckTime(scope);
        compiler.Bind(step.Row, input.Table);
        return step switch
        {
            IdentityStep => input,
            FilterStep filter => Match(input, new Query { Row = step.Row, Filter = filter.Filter }),
            SearchStep search => Match(input, new Query { Row = step.Row, Search = search.Search }),
            OrderByStep order => Match(input, new Query { Row = step.Row, OrderBy = order.Items }),
            SkipStep skip => input with { Rows = input.Rows[(int)Math.Min(skip.Count, input.Rows.Length)..] },
            TopStep top => input with { Rows = input.Rows[..(int)Math.Min(top.Count, input.Rows.Length)] },
            RankStep rank => new RankEvaluation(compiler, scope).Apply(input, rank),
            ComputeStep compute => Compute(input, compute),
            AggregateStep aggregate => RowSet.All(Totals(input, aggregate)),
            GroupByStep group => new Grouping(compiler, Apply).Apply(input, group),
            ConcatStep concat => Concat(input, concat),
            JoinStep join => Join(input, join),
            _ => throw new QueryException(501, "NotSupported", $"The transformation {step.GetType().Name} is not supported.", "$apply"),
        };
    }

    private RowSet Match(RowSet input, Query query) =>
        input with { Rows = new RowPlan(compiler, input.Table, query).Match(RowRun.Of(input), scope) };

    private RowSet Compute(RowSet input, ComputeStep step)
    {
        var rows = input.Rows.Span;
        var columns = new List<Column>();
        for (var i = 0; i < step.Output.Properties.Count; i++)
        {
            var property = step.Output.Properties[i];
            var computed = step.Properties.FirstOrDefault(candidate => candidate.Name == property.Name);
            columns.Add(computed is null
                ? Columns.Gather(input.Table[property.Name], rows)
                : Columns.Compute(property, compiler.Compile(computed.Expression), step.Row.Slot, rows, scope));
        }

        return RowSet.All(new Table(step.Output, rows.Length, [.. columns]));
    }

    private Table Totals(RowSet input, AggregateStep step) => new(step.Output, 1, [.. step.Aggregates.Select((aggregate, i) =>
        Columns.Of(step.Output.Properties[i], [new AggregateEvaluation(compiler, step.Row.Slot, aggregate).Over(input.Rows.Span, scope)]))]);

    private RowSet Concat(RowSet input, ConcatStep step)
    {
        var outcomes = step.Sequences.Select(sequence => Apply(input, sequence)).ToList();
        var count = outcomes.Sum(outcome => outcome.Rows.Length);
        StructuredType[]? types = step.Output.DerivedTypes.Count == 0 ? null : [.. outcomes.SelectMany(outcome => outcome.Rows.ToArray().Select(outcome.Table.TypeAt))];
        return RowSet.All(new Table(step.Output, count, [.. step.Output.AllProperties.Select(property => Columns.Concat(compiler.Tables, property, outcomes))], types));
    }

    private RowSet Join(RowSet input, JoinStep step)
    {
        var collection = compiler.Run(step.Collection);
        var left = new List<int>();
        var right = new List<int>();
        foreach (var row in input.Rows.Span)
        {
            scope[step.Row.Slot] = row;
            var related = Related(collection, step);
            foreach (var target in related)
            {
                left.Add(row);
                right.Add(target);
            }

            if (step.Outer && related.Length == 0)
            {
                left.Add(row);
                right.Add(-1);
            }
        }

        var columns = step.Output.Properties.Select(property => property.Name == step.Alias
            ? new ComplexColumn(property, Columns.Gather(collection.Table, [.. right]), [.. right.Select(target => target < 0)])
            : Columns.Gather(input.Table[property.Name], [.. left]));
        return RowSet.All(new Table(step.Output, left.Count, [.. columns]));
    }

    private int[] Related(RunNode collection, JoinStep step)
    {
        var run = collection.Rows(scope);
        var rows = new int[run.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = run[i];
        }

        if (step.Inner.Count == 0)
        {
            return rows;
        }

        var outcome = Apply(new RowSet(collection.Table, rows), step.Inner);
        return outcome.Table == collection.Table
            ? outcome.Rows.ToArray()
            : throw new QueryException(501, "NotSupported", "join with transformations that make new rows is not supported.", "$apply");
    }
}
