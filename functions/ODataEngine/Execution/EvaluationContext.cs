namespace ODataEngine.Execution;

/// <summary>
/// The state of one request while its compiled query is evaluated. A request is evaluated by one thread at a time; compiled nodes keep no
/// state of their own.
/// </summary>
/// <param name="slots">The number of variables of the query.</param>
internal sealed class EvaluationContext(int slots, ODataLimits limits)
{
    /// <summary>The current row of each variable, by slot.</summary>
    public int[] Rows { get; } = new int[slots];

    public QueryBudget Budget { get; } = new(limits);
}

/// <summary>
/// Limits the steps, related entities and time of one request. Nested loops (<c>any</c> in <c>any</c>, <c>$expand</c> in
/// <c>$expand</c>) multiply, so a limit on the length of the query does not bound the work.
/// </summary>
internal sealed class QueryBudget(ODataLimits limits)
{
    // Reading the clock for every step would cost more than most steps.
    private const int StepsPerClockCheck = 1 << 14;

    private readonly long deadline = Environment.TickCount64 + limits.MaxMilliseconds;
    private int remainingSteps = limits.MaxSteps;
    private int remainingEntities = limits.MaxExpandedEntities;

    /// <summary>Consumes the evaluation of an expression's nodes for each of some rows.</summary>
    /// <exception cref="ODataRequestException">400: the request exceeds MaxSteps or MaxMilliseconds.</exception>
    public void ConsumeSteps(long rowCount, int nodesPerRow)
    {
        var remaining = remainingSteps - (rowCount * nodesPerRow);
        if (remaining < 0)
        {
            throw ODataErrors.LimitExceeded(
                $"The query takes more than {limits.MaxSteps} steps (MaxSteps): a step is a name, literal, operator or call evaluated for one row. Use fewer any, all, $count, $filter or $expand inside each other.");
        }

        if (remaining / StepsPerClockCheck != remainingSteps / StepsPerClockCheck)
        {
            CheckTime();
        }

        remainingSteps = (int)remaining;
    }

    /// <summary>Ends a request that exceeds its time; every loop over many rows calls this or <see cref="ConsumeSteps"/>.</summary>
    /// <exception cref="ODataRequestException">400: the request exceeds MaxMilliseconds.</exception>
    public void CheckTime()
    {
        if (Environment.TickCount64 >= deadline)
        {
            throw ODataErrors.LimitExceeded(
                $"The query takes longer than {limits.MaxMilliseconds} milliseconds (MaxMilliseconds). Add a filter that compares a property with a constant, or request fewer rows.");
        }
    }

    /// <summary>Consumes related entities that the response contains.</summary>
    /// <exception cref="ODataRequestException">400: the request exceeds MaxExpandedEntities.</exception>
    public void ConsumeEntities(int count)
    {
        if (count > remainingEntities)
        {
            throw ODataErrors.LimitExceeded(
                $"The response contains more than {limits.MaxExpandedEntities} related entities (MaxExpandedEntities). Request fewer with $top, here or in $expand, or with Prefer: maxpagesize.", "$expand");
        }

        remainingEntities -= count;
    }
}
