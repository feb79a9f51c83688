namespace ODataEngine.Execution;

/// <summary>
/// Limits the steps, rows, related entities, memory and time of one request, or of all requests of a batch together. Nested loops
/// (<c>any</c> in <c>any</c>, <c>$expand</c> in <c>$expand</c>, <c>concat</c> in <c>concat</c>) multiply, so a limit on the length of the query
/// does not bound the work.
/// </summary>
/// <param name="expensiveQueries">Limits the requests that are evaluated at the same time after they became expensive; null for no limit.</param>
/// <param name="cancellationToken">Ends the evaluation when the client has disconnected.</param>
internal sealed class QueryBudget(ODataLimits limits, IConcurrencyLimit? expensiveQueries, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>A loop over many rows consumes its steps in parts of about this number, so that it ends soon after its time or its client.</summary>
    public const int StepsPerClockCheck = 1 << 14;

    // Copying this many characters takes about as long as a step.
    private const int CharactersPerStep = 256;

    // Creating a column without rows takes about as long as this many steps.
    private const int StepsPerColumn = 16;

    // A request that uses this part of the allowed memory is expensive, however few steps it takes.
    private const int ExpensiveMemoryPart = 16;

    private readonly long deadline = Environment.TickCount64 + limits.MaxMilliseconds;
    private int remainingSteps = limits.MaxSteps;
    private int remainingRows = limits.MaxIntermediateRows;
    private int remainingEntities = limits.MaxExpandedEntities;
    private long remainingBytes = limits.MaxMemoryBytes;

    // The remaining steps and bytes below which the request is expensive; they never are after it has been admitted.
    private int expensiveSteps = expensiveQueries is null ? int.MinValue : limits.MaxSteps - limits.ExpensiveSteps;
    private long expensiveBytes = expensiveQueries is null ? long.MinValue : limits.MaxMemoryBytes - (limits.MaxMemoryBytes / ExpensiveMemoryPart);
    private IDisposable? admission;

    /// <summary>True if the request has been admitted as an expensive one.</summary>
    public bool IsExpensive => admission is not null;

    /// <summary>Ends the evaluation, so that another expensive request can be evaluated.</summary>
    public void Dispose() => admission?.Dispose();

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

        // Reading the clock for every step would cost more than most steps.
        if (remaining / StepsPerClockCheck != remainingSteps / StepsPerClockCheck)
        {
            CheckTime();
        }

        remainingSteps = (int)remaining;
        if (remaining < expensiveSteps)
        {
            EnterExpensive();
        }
    }

    /// <summary>Consumes the creation of a table, which takes some time for each column even if there are few rows.</summary>
    public void ConsumeTable(int columnCount, long rowCount) => ConsumeSteps(columnCount, (int)Math.Min(StepsPerColumn + rowCount, int.MaxValue));

    /// <summary>Ends a request that exceeds its time or whose client has disconnected; every loop over many rows calls this or <see cref="ConsumeSteps"/>.</summary>
    /// <exception cref="ODataRequestException">400: the request exceeds MaxMilliseconds.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected.</exception>
    public void CheckTime()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Environment.TickCount64 >= deadline)
        {
            throw ODataErrors.LimitExceeded(
                $"The query takes longer than {limits.MaxMilliseconds} milliseconds (MaxMilliseconds). Add a filter that compares a property with a constant, or request fewer rows.");
        }
    }

    // The costs of a query are not known before it is evaluated. So each evaluation starts, and must be admitted if it becomes expensive.
    private void EnterExpensive()
    {
        admission = expensiveQueries!.TryEnter() ?? throw ODataErrors.Overloaded();
        (expensiveSteps, expensiveBytes) = (int.MinValue, long.MinValue);
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

    /// <summary>Consumes rows that a transformation of <c>$apply</c> creates.</summary>
    /// <exception cref="ODataRequestException">400: the request exceeds MaxIntermediateRows.</exception>
    public void ConsumeRows(long count)
    {
        if (count > remainingRows)
        {
            throw ODataErrors.LimitExceeded(
                $"The transformations of $apply create more than {limits.MaxIntermediateRows} rows (MaxIntermediateRows). Use filter or aggregate before concat, join and compute.", "$apply");
        }

        remainingRows -= (int)count;
    }

    /// <summary>Consumes the memory of intermediate results, computed values or the response, before it is allocated.</summary>
    /// <exception cref="ODataRequestException">400: the request exceeds MaxMemoryBytes.</exception>
    public void ConsumeMemory(long bytes)
    {
        if (bytes > remainingBytes)
        {
            throw ODataErrors.LimitExceeded(
                $"The intermediate results and the response of the query take more than {limits.MaxMemoryBytes} bytes (MaxMemoryBytes). Request fewer rows with $filter or $top, or fewer properties with $select or groupby.");
        }

        remainingBytes -= bytes;
        if (remainingBytes < expensiveBytes)
        {
            EnterExpensive();
        }
    }

    /// <summary>Consumes the memory that a computed value of a column refers to: that of a string.</summary>
    public void ConsumeValue<T>(T value)
    {
        if (value is string text)
        {
            ConsumeMemory(text.Length * (long)sizeof(char));
        }
    }

    /// <summary>Consumes the creation of a string, before it is created.</summary>
    /// <exception cref="ODataRequestException">400: the string exceeds MaxStringLength, or the request another limit.</exception>
    public void ConsumeString(long length)
    {
        if (length > limits.MaxStringLength)
        {
            throw ODataErrors.LimitExceeded($"A string that concat creates has {length} characters; at most {limits.MaxStringLength} are allowed (MaxStringLength).");
        }

        if (length >= CharactersPerStep)
        {
            ConsumeSteps(length / CharactersPerStep, 1);
        }
    }
}
