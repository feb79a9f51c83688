namespace ServiceOffices.ODataFuzz;

/// <summary>A complex value that stands in collections.</summary>
public sealed record Part(string? Label, decimal? Amount, DateOnly? Since, int Count);
