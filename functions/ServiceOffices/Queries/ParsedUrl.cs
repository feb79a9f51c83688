namespace ServiceOffices.Queries;

/// <summary>A request's path and query, bound to the model.</summary>
/// <param name="VariableCount">How many variables the expressions use: a scope needs that many places.</param>
/// <param name="Format">The raw value of <c>$format</c>; null where absent.</param>
/// <param name="SchemaVersion">The raw value of <c>$schemaversion</c>; null where absent.</param>
/// <param name="At">The raw value of <c>$at</c> (OData Temporal 4.0); null where absent.</param>
/// <param name="Revision">The raw value of the custom option <c>revision</c>; null where absent.</param>
/// <param name="Language">The raw value of the custom option <c>lang</c>; null where absent.</param>
public sealed record ParsedUrl(Resource Resource, Query Query, int VariableCount, string? Format, string? SchemaVersion, string? At, string? Revision, string? Language);
