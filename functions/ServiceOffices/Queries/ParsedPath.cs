using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>What a path names, and what may be asked of it.</summary>
/// <param name="RowType">The type that the options are about: of the value or of a collection's items; null where there are no rows.</param>
/// <param name="Allowed">The system query options that apply.</param>
/// <param name="Description">What it is, in words: "one entity".</param>
internal sealed record ParsedPath(Resource Resource, DataType? RowType, SystemQueryOptions Allowed, string Description);
