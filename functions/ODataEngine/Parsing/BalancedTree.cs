namespace ODataEngine.Parsing;

/// <summary>Builds trees of small height from long chains of one operator.</summary>
internal static class BalancedTree
{
    public static T Create<T>(List<T> operands, Func<T, T, T> join) => Create(operands, 0, operands.Count, join);

    private static T Create<T>(List<T> operands, int start, int count, Func<T, T, T> join)
    {
        if (count == 1)
        {
            return operands[start];
        }

        var leftCount = (count + 1) / 2;
        return join(Create(operands, start, leftCount, join), Create(operands, start + leftCount, count - leftCount, join));
    }
}
