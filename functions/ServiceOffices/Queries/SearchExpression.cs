namespace ServiceOffices.Queries;

/// <summary>What <c>$search</c> asks for (OData 4.01 Part 2, 5.1.7).</summary>
public abstract record SearchExpression;

/// <summary>A word or a phrase that a match contains.</summary>
public sealed record SearchTerm(string Text) : SearchExpression;

public sealed record SearchNot(SearchExpression Operand) : SearchExpression;

public sealed record SearchAnd(SearchExpression Left, SearchExpression Right) : SearchExpression;

public sealed record SearchOr(SearchExpression Left, SearchExpression Right) : SearchExpression;
