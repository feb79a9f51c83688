namespace ServiceOffices.Tests.OData;

/// <summary>An entity that an answer to a query had before and has no more.</summary>
/// <param name="IsStillThere">Whether it changed so that the query leaves it out; else it is deleted.</param>
internal sealed record PayloadRemoval(Uri Id, bool IsStillThere);
