namespace ServiceOffices.ODataFuzz;

/// <summary>A complex value in a complex value.</summary>
public record Origin(string? Country, int? Rank);
