namespace ODataEngine.Execution;

/// <summary>
/// The state of one request while its compiled query is evaluated. A request is evaluated by one thread at a time; compiled nodes keep no
/// state of their own.
/// </summary>
/// <param name="slots">The number of variables of the query.</param>
internal sealed class EvaluationContext(int slots, QueryBudget budget)
{
    /// <summary>The current row of each variable, by slot.</summary>
    public int[] Rows { get; } = new int[slots];

    public QueryBudget Budget { get; } = budget;
}
