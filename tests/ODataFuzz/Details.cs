namespace ServiceOffices.ODataFuzz;

/// <summary>A complex value with columns that are never null, another complex value and a collection.</summary>
public sealed record Details(
    string? Note,
    bool Fixed,
    int Count,
    long Total,
    double Weight,
    decimal Cost,
    DateOnly Since,
    DateTimeOffset Seen,
    Origin? Origin,
    IReadOnlyList<string> Labels);
