using ServiceOffices.Tables;

namespace ServiceOffices.ODataFuzz;

/// <summary>An entity with a column of every kind that a table can have; any value but the key and the text may be null.</summary>
public sealed record Sample
{
    public required int Id { get; init; }

    public string? Name { get; init; }

    public required string Text { get; init; }

    public bool? Flag { get; init; }

    public sbyte? Tiny { get; init; }

    public byte? Level { get; init; }

    public short? Small { get; init; }

    public int? Whole { get; init; }

    public long? Big { get; init; }

    public float? Share { get; init; }

    public double? Size { get; init; }

    public decimal? Price { get; init; }

    public Guid? Token { get; init; }

    public DateOnly? On { get; init; }

    public TimeOnly? Opens { get; init; }

    public DateTimeOffset? Changed { get; init; }

    public TimeSpan? Lasts { get; init; }

    public GeoPoint? Place { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public Details? Details { get; init; }

    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>The group's key; null for none. It may name a group that is not there.</summary>
    public string? GroupCode { get; init; }

    /// <summary>Another sample's key; null for none.</summary>
    public int? ParentId { get; init; }
}
