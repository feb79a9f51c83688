namespace ODataEngine;

/// <summary>The limits of a request. A request that exceeds a limit returns an error that names it.</summary>
public sealed record ODataLimits
{
    /// <summary>The maximum number of nodes of all expressions of a query.</summary>
    public int MaxNodes { get; init; } = 10_000;

    /// <summary>The maximum nesting of parentheses, functions and lambda operators.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>The maximum number of items in a list after <c>in</c>.</summary>
    public int MaxListItems { get; init; } = 5_000;

    /// <summary>The maximum number of levels of <c>$expand</c>.</summary>
    public int MaxExpandDepth { get; init; } = 5;

    /// <summary>The maximum number of items in <c>$orderby</c>.</summary>
    public int MaxOrderItems { get; init; } = 20;

    /// <summary>The maximum number of characters of the path and of the encoded query.</summary>
    public int MaxQueryLength { get; init; } = 32_768;

    /// <summary>The maximum number of bytes of the content of a POST request to <c>$query</c>; its query options have no other maximum length.</summary>
    public int MaxQueryBodyBytes { get; init; } = 262_144;

    /// <summary>The maximum number of entities in a page.</summary>
    public int MaxPageSize { get; init; } = 10_000;

    /// <summary>The maximum number of names, literals, operators and calls evaluated, counted for each row.</summary>
    public int MaxSteps { get; init; } = 20_000_000;

    /// <summary>The maximum number of rows that the transformations of <c>$apply</c> create, counted for each transformation.</summary>
    public int MaxIntermediateRows { get; init; } = 1_000_000;

    /// <summary>The maximum number of bytes of intermediate results, computed values and the buffered response of a request, of all requests of a batch together.</summary>
    public int MaxMemoryBytes { get; init; } = 134_217_728;

    /// <summary>The maximum number of characters of a string that <c>concat</c> creates.</summary>
    public int MaxStringLength { get; init; } = 65_536;

    /// <summary>The maximum duration of the evaluation of a request in milliseconds.</summary>
    public int MaxMilliseconds { get; init; } = 10_000;

    /// <summary>The number of steps after which a request counts as expensive, so that <see cref="MaxExpensiveQueries"/> applies to it.</summary>
    public int ExpensiveSteps { get; init; } = 100_000;

    /// <summary>The maximum number of expensive requests that are evaluated at the same time.</summary>
    public int MaxExpensiveQueries { get; init; } = 2;

    /// <summary>The maximum number of related entities that <c>$expand</c> adds to a response, on all levels together.</summary>
    public int MaxExpandedEntities { get; init; } = 200_000;

    /// <summary>The maximum number of combinations of a <c>$crossjoin</c> before its filter.</summary>
    public int MaxCrossJoinRows { get; init; } = 1_000_000;

    /// <summary>The maximum number of rows of a file (such as <c>$format=csv</c>), which has no pages.</summary>
    public int MaxExportRows { get; init; } = 1_000_000;

    /// <summary>The maximum number of requests in a batch.</summary>
    public int MaxBatchRequests { get; init; } = 100;

    /// <summary>The maximum number of bytes of the content of a POST request.</summary>
    public int MaxBodyBytes { get; init; } = 1_048_576;

    /// <summary>The maximum duration of <c>matchesPattern</c> for one value in milliseconds.</summary>
    public int RegexTimeoutMilliseconds { get; init; } = 100;
}
