using System.Diagnostics.CodeAnalysis;

namespace ServiceOffices.ODataFuzz;

/// <summary>A group of a derived type, with columns of its own that are never null, one that may be, and one that leads to a sample.</summary>
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

    /// <summary>A sample's key; null for none.</summary>
    public int? LeaderId { get; init; }
}
