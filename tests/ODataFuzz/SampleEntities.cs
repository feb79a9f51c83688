using System.Diagnostics.CodeAnalysis;
using ODataEngine.Model;

namespace ServiceOffices.ODataFuzz;

/// <summary>An entity with a column of every kind that a table can have; all but the key and the text are nullable.</summary>
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

    /// <summary>The key of the group; null for none. The group may not exist.</summary>
    public string? GroupCode { get; init; }

    /// <summary>The key of another sample; null for none.</summary>
    public int? ParentId { get; init; }
}

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

/// <summary>A complex value of a derived type.</summary>
/// <param name="Error">The accuracy of the point in metres.</param>
public sealed record ExactOrigin(string? Country, int? Rank, GeoPoint? Point, double Error) : Origin(Country, Rank);

/// <summary>A group of a derived type, with columns that are never null, a nullable one, and one that references a sample.</summary>
public sealed record FundedGroup : SampleGroup
{
    [SetsRequiredMembers]
    public FundedGroup(SampleGroup group)
        : base(group)
    {
    }

    public decimal Sum { get; init; }

    public Guid Reference { get; init; }

    public TimeSpan? Term { get; init; }

    /// <summary>The key of a sample; null for none.</summary>
    public int? LeaderId { get; init; }
}

/// <summary>A complex value within a complex value.</summary>
public record Origin(string? Country, int? Rank);

/// <summary>A complex value of collections.</summary>
public sealed record Part(string? Label, decimal? Amount, DateOnly? Since, int Count);

/// <summary>The entity that samples reference; its key is a string with characters that need encoding.</summary>
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
