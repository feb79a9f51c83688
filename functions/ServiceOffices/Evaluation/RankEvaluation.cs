using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Evaluates topcount, topsum, toppercent and their bottom forms (OData Data Aggregation 4.0, 3.3).</summary>
internal sealed class RankEvaluation(Compiler compiler, int[] scope)
{
    public RowSet Apply(RowSet input, RankStep step)
    {
        var ordered = new RowPlan(compiler, input.Table, new Query { Row = step.Row, OrderBy = [new OrderItem(step.Value, !step.Bottom)] })
            .Match(RowRun.Of(input), scope);
        var amount = Number(compiler.Compile(new Cast(step.Amount, PrimitiveType.Double)));
        if (amount is not >= 0 || (step.Measure == RankMeasure.Percent && amount > 100))
        {
            throw new QueryException(400, "InvalidAmount", "The first argument of top… and bottom… must be a number from 0, for percent up to 100.", "$apply");
        }

        if (step.Measure == RankMeasure.Count)
        {
            return input with { Rows = ordered.AsMemory(0, (int)Math.Min(amount.Value, ordered.Length)) };
        }

        var value = compiler.Compile(new Cast(step.Value, PrimitiveType.Double));
        var sizes = Array.ConvertAll(ordered, row =>
        {
            scope[step.Row.Slot] = row;
            return Number(value) ?? 0;
        });
        var wanted = step.Measure == RankMeasure.Sum ? amount.Value : sizes.Sum() * amount.Value / 100;
        var taken = 0;
        for (var sum = 0.0; taken < ordered.Length && sum < wanted; taken++)
        {
            sum += sizes[taken];
        }

        return input with { Rows = ordered.AsMemory(0, taken) };
    }

    private double? Number(Node node) => ((Node<double>)node).TryGet(scope, out var number) ? number : null;
}
