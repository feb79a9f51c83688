namespace ServiceOffices.Queries;

/// <summary>An object literal before it meets what gives it a type. It never leaves the parser.</summary>
internal sealed record UntypedObjectExpression(IReadOnlyList<(string Name, Expression Value)> Members) : Expression((Tables.DataType?)null);
