namespace ServiceOffices.ODataFuzz;

/// <summary>A complex value in a complex value.</summary>
public sealed record Origin(string? Country, int? Rank);
