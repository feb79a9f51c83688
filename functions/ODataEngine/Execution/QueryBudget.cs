namespace ODataEngine.Execution;

/// <summary>
/// What one request may still use, steps and time, kept at the end of its scope: loops in loops (<c>any</c> in <c>any</c>, <c>$expand</c>
/// in <c>$expand</c>) multiply, so that no limit on the query's text bounds the work.
/// </summary>
internal static class QueryBudget
{
    private const int BudgetSlots = 6;

    // The clock is looked at once in so many steps.
    private const int StepsPerClockCheck = 1 << 14;

    /// <summary>A scope with room for variables, and the allowance of one request.</summary>
    public static int[] CreateScope(int slots, ODataLimits limits)
    {
        var scope = new int[slots + BudgetSlots];
        scope[^1] = scope[^2] = limits.MaxSteps;
        scope[^3] = scope[^4] = limits.MaxExpandedEntities;
        scope[^6] = limits.MaxMilliseconds;
        scope[^5] = unchecked(Environment.TickCount + limits.MaxMilliseconds);
        return scope;
    }

    /// <summary>Takes the evaluation of an expression's nodes for each of some rows.</summary>
    /// <exception cref="ODataRequestException">400: over the limit.</exception>
    public static void ConsumeSteps(int[] scope, long rowCount, int nodesPerRow)
    {
        var remaining = scope[^1] - (rowCount * nodesPerRow);
        if (remaining < 0)
        {
            throw new ODataRequestException(400, "LimitExceeded",
                $"The query takes more than {scope[^2]} steps (MaxSteps): a step is a name, literal, operator or call evaluated for one row. Use fewer any, all, $count, $filter or $expand inside each other.");
        }

        if (remaining / StepsPerClockCheck != scope[^1] / StepsPerClockCheck)
        {
            CheckTime(scope);
        }

        scope[^1] = (int)remaining;
    }

    /// <summary>Cuts off a request that takes too long.</summary>
    /// <exception cref="ODataRequestException">400: over the limit.</exception>
    public static void CheckTime(int[] scope)
    {
        if (unchecked(Environment.TickCount - scope[^5]) >= 0)
        {
            throw new ODataRequestException(400, "LimitExceeded",
                $"The query takes longer than {scope[^6]} milliseconds (MaxMilliseconds). Narrow it by a comparison of a property with a constant, or ask for less at once.");
        }
    }

    /// <summary>Takes related entities that an answer shows.</summary>
    /// <exception cref="ODataRequestException">400: over the limit.</exception>
    public static void ConsumeEntities(int[] scope, int count)
    {
        if (count > scope[^3])
        {
            throw new ODataRequestException(400, "LimitExceeded",
                $"The answer shows more than {scope[^4]} related entities (MaxExpandedEntities). Ask for fewer by $top, here or in $expand, or by Prefer: maxpagesize.", "$expand");
        }

        scope[^3] -= count;
    }
}
