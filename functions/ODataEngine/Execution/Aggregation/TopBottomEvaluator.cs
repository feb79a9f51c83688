using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Aggregation;

/// <summary>Evaluates topcount, topsum, toppercent and their bottom forms (OData Data Aggregation 4.0, 3.3.1).</summary>
internal sealed class TopBottomEvaluator(ExpressionCompiler compiler, EvaluationContext context)
{
    public RowSet Apply(RowSet input, TopBottomTransformation step)
    {
        var ordered = new QueryPlan(compiler, input.Table, new Query { Row = step.Row, OrderBy = [new OrderItem(step.Value, !step.IsBottom)] })
            .GetMatches(RowRange.From(input), context);
        var amount = EvaluateNumber(compiler.Compile(new CastExpression(step.Amount, PrimitiveType.Double)));
        if (amount is not { } number || !IsAllowed(step.Method, number))
        {
            throw new ODataRequestException(400, ODataErrorCodes.InvalidAmount, step.Method switch
            {
                TopBottomMethod.Count => "The first argument of topcount and bottomcount must be a whole number from 1.",
                TopBottomMethod.Percent => "The first argument of toppercent and bottompercent must be a number greater than 0, up to 100.",
                _ => "The first argument of topsum and bottomsum must be a number.",
            }, "$apply");
        }

        if (step.Method == TopBottomMethod.Count)
        {
            return input with { Rows = ordered.AsMemory(0, (int)Math.Min(number, ordered.Length)) };
        }

        var value = compiler.Compile(new CastExpression(step.Value, PrimitiveType.Double));
        var sizes = Array.ConvertAll(ordered, row =>
        {
            context.Rows[step.Row.Slot] = row;
            return EvaluateNumber(value) ?? 0;
        });
        var target = step.Method == TopBottomMethod.Sum ? number : sizes.Sum() * number / 100;
        var count = 0;
        for (var sum = 0.0; count < ordered.Length && sum < target; count++)
        {
            sum += sizes[count];
        }

        return input with { Rows = ordered.AsMemory(0, count) };
    }

    // 3.3.1.1 to 3.3.1.6: a positive integer; a number; a positive number up to 100.
    private static bool IsAllowed(TopBottomMethod method, double amount) => method switch
    {
        TopBottomMethod.Count => amount >= 1 && double.IsInteger(amount),
        TopBottomMethod.Percent => amount is > 0 and <= 100,
        _ => !double.IsNaN(amount),
    };

    private double? EvaluateNumber(Node node) => ((Node<double>)node).TryGet(context, out var number) ? number : null;
}
