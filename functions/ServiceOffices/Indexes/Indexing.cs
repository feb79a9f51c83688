namespace ServiceOffices.Indexes;

/// <summary>How much of the tables is indexed. Every answer is the same without; it only takes longer.</summary>
public sealed record IndexOptions
{
    /// <summary>Every row is looked at.</summary>
    public static IndexOptions Disabled { get; } = new() { MaxBytes = 0 };

    /// <summary>Bytes that all indexes together may take; what does not fit is not indexed. 0: nothing is.</summary>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Tables of fewer rows are not indexed.</summary>
    public int MinRows { get; init; } = 32;
}
