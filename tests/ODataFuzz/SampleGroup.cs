using ServiceOffices.Tables;

namespace ServiceOffices.ODataFuzz;

/// <summary>The entity that samples lead to; its key is a string of the worst kind.</summary>
public record SampleGroup
{
    public required string Code { get; init; }

    public string? Name { get; init; }

    public required bool Active { get; init; }

    public int? Capacity { get; init; }

    public decimal? Budget { get; init; }

    public DateOnly? Opened { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>A member of <see cref="SampleModel.State"/>.</summary>
    public int? State { get; init; }
}
