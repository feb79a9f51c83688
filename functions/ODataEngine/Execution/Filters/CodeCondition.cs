using ODataEngine.Execution.Indexes;
using ODataEngine.Execution.Nodes;

namespace ODataEngine.Execution.Filters;

/// <summary>A condition on the values of one column: evaluated once for each value that is met, not for each row.</summary>
/// <param name="slot">The variable whose column it is.</param>
/// <param name="nodeCount">How many nodes an evaluation goes through.</param>
internal sealed class CodeCondition(ColumnIndex index, Node<bool> node, int slot, int nodeCount)
{
    // 0: not evaluated yet.
    private const byte No = 1;
    private const byte Yes = 2;

    private readonly byte[] results = new byte[index.CodeCount];

    public bool IsTrue(int code, EvaluationContext context) => (results[code] is not 0 and var result ? result : Evaluate(code, context)) == Yes;

    /// <summary>A bit for each code for which it is true; there may be 64 at most.</summary>
    public ulong GetTrueCodes(EvaluationContext context)
    {
        var mask = 0UL;
        for (var code = 0; code < index.CodeCount; code++)
        {
            mask |= index.GetFirstRow(code) >= 0 && IsTrue(code, context) ? 1UL << code : 0;
        }

        return mask;
    }

    private byte Evaluate(int code, EvaluationContext context)
    {
        // Any row with this value stands for all of them.
        context.Budget.ConsumeSteps(1, nodeCount);
        context.Rows[slot] = index.GetFirstRow(code);
        return results[code] = node.TryGet(context, out var held) && held ? Yes : No;
    }
}
