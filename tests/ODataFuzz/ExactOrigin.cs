using ServiceOffices.Tables;

namespace ServiceOffices.ODataFuzz;

/// <summary>A complex value of a derived type.</summary>
/// <param name="Error">How far off the point may be, in metres.</param>
public sealed record ExactOrigin(string? Country, int? Rank, GeoPoint? Point, double Error) : Origin(Country, Rank);
