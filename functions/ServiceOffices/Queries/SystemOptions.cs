namespace ServiceOffices.Queries;

/// <summary>The system query options (OData 4.01 Part 2, 5.1; Data Aggregation 4.0, 3; Temporal 4.0), one bit each.</summary>
[Flags]
internal enum SystemQueryOptions
{
    None = 0,
    Apply = 1 << 0,
    Compute = 1 << 1,
    Search = 1 << 2,
    Filter = 1 << 3,
    OrderBy = 1 << 4,
    Skip = 1 << 5,
    Top = 1 << 6,
    Count = 1 << 7,
    Select = 1 << 8,
    Expand = 1 << 9,
    SkipToken = 1 << 10,
    DeltaToken = 1 << 11,
    Format = 1 << 12,
    SchemaVersion = 1 << 13,
    At = 1 << 14,
    Id = 1 << 15,
    Index = 1 << 16,
    Levels = 1 << 17,

    /// <summary>What may stand at any resource.</summary>
    AnyResource = Format | SchemaVersion | At,

    /// <summary>What shapes a row of a structured type.</summary>
    RowShaping = Compute | Select | Expand,

    /// <summary>What chooses and orders the items of a collection.</summary>
    CollectionOptions = Search | Filter | OrderBy | Skip | Top | Count,
}
