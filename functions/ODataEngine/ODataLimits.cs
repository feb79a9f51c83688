namespace ODataEngine;

/// <summary>What a query may not exceed; past a limit the answer is an error that names it.</summary>
public sealed record ODataLimits
{
    /// <summary>Nodes of all expressions of one query.</summary>
    public int MaxNodes { get; init; } = 10_000;

    /// <summary>Nesting of parentheses, functions and lambdas.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Items of one list after <c>in</c>.</summary>
    public int MaxListItems { get; init; } = 5_000;

    /// <summary>Levels of <c>$expand</c>.</summary>
    public int MaxExpandDepth { get; init; } = 5;

    /// <summary>Items of one <c>$orderby</c>.</summary>
    public int MaxOrderItems { get; init; } = 20;

    /// <summary>Characters of the query part of a URL, as sent.</summary>
    public int MaxQueryLength { get; init; } = 32_768;

    /// <summary>The largest <c>$top</c>, and the largest page that is sent at once.</summary>
    public int MaxPageSize { get; init; } = 10_000;

    /// <summary>Names, literals, operators and calls evaluated, counted for each row anew.</summary>
    public int MaxSteps { get; init; } = 20_000_000;

    /// <summary>Milliseconds that the evaluation of one request may take; past it the request fails.</summary>
    public int MaxMilliseconds { get; init; } = 10_000;

    /// <summary>Related entities that <c>$expand</c> adds to one answer, on all levels together.</summary>
    public int MaxExpandedEntities { get; init; } = 200_000;

    /// <summary>Combinations that one <c>$crossjoin</c> may make before its filter.</summary>
    public int MaxCrossJoinRows { get; init; } = 1_000_000;

    /// <summary>Rows of one file (<c>$format=csv</c> and the like), which has no pages.</summary>
    public int MaxExportRows { get; init; } = 1_000_000;

    /// <summary>Requests of one batch.</summary>
    public int MaxBatchRequests { get; init; } = 100;

    /// <summary>Bytes of the content of one POST: a batch, or a query too long for a URL.</summary>
    public int MaxBodyBytes { get; init; } = 1_048_576;

    /// <summary>Milliseconds that one <c>matchesPattern</c> may take on one value.</summary>
    public int RegexTimeoutMilliseconds { get; init; } = 100;
}
