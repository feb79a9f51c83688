using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Aggregation;

/// <summary>Evaluates topcount, topsum, toppercent and their bottom forms (OData Data Aggregation 4.0, 3.3).</summary>
internal sealed class TopBottomEvaluator(ExpressionCompiler compiler, EvaluationContext context)
{
    public RowSet Apply(RowSet input, TopBottomTransformation step)
    {
        var ordered = new QueryPlan(compiler, input.Table, new Query { Row = step.Row, OrderBy = [new OrderItem(step.Value, !step.IsBottom)] })
            .GetMatches(RowRange.From(input), context);
        var amount = EvaluateNumber(compiler.Compile(new CastExpression(step.Amount, PrimitiveType.Double)));
        if (amount is not >= 0 || (step.Method == TopBottomMethod.Percent && amount > 100))
        {
            throw new ODataRequestException(400, ODataErrorCodes.InvalidAmount, "The first argument of top… and bottom… must be a number from 0, for percent up to 100.", "$apply");
        }

        if (step.Method == TopBottomMethod.Count)
        {
            return input with { Rows = ordered.AsMemory(0, (int)Math.Min(amount.Value, ordered.Length)) };
        }

        var value = compiler.Compile(new CastExpression(step.Value, PrimitiveType.Double));
        var sizes = Array.ConvertAll(ordered, row =>
        {
            context.Rows[step.Row.Slot] = row;
            return EvaluateNumber(value) ?? 0;
        });
        var target = step.Method == TopBottomMethod.Sum ? amount.Value : sizes.Sum() * amount.Value / 100;
        var count = 0;
        for (var sum = 0.0; count < ordered.Length && sum < target; count++)
        {
            sum += sizes[count];
        }

        return input with { Rows = ordered.AsMemory(0, count) };
    }

    private double? EvaluateNumber(Node node) => ((Node<double>)node).TryGet(context, out var number) ? number : null;
}
