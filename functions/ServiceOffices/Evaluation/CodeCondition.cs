using ServiceOffices.Indexes;

namespace ServiceOffices.Evaluation;

/// <summary>A condition on the values of one column: evaluated once for each value that is met, not for each row.</summary>
/// <param name="slot">The variable whose column it is.</param>
/// <param name="nodes">How many nodes an evaluation goes through.</param>
internal sealed class CodeCondition(ColumnIndex index, Node<bool> node, int slot, int nodes)
{
    // 0: not evaluated yet.
    private const byte No = 1;
    private const byte Yes = 2;

    private readonly byte[] truths = new byte[index.Count];

    public bool Holds(int code, int[] scope) => (truths[code] is not 0 and var truth ? truth : Evaluate(code, scope)) == Yes;

    /// <summary>A bit for each code for which it is true; there may be 64 at most.</summary>
    public ulong Mask(int[] scope)
    {
        var mask = 0UL;
        for (var code = 0; code < index.Count; code++)
        {
            mask |= index.FirstOf(code) >= 0 && Holds(code, scope) ? 1UL << code : 0;
        }

        return mask;
    }

    private byte Evaluate(int code, int[] scope)
    {
        // Any row with this value stands for all of them.
        Allowance.TakeSteps(scope, 1, nodes);
        scope[slot] = index.FirstOf(code);
        return truths[code] = node.TryGet(scope, out var held) && held ? Yes : No;
    }
}
