namespace ServiceOffices.Tables;

/// <summary>When a navigation property can be linked: each round needs those before it.</summary>
internal enum LinkPhase
{
    /// <summary>It reads the keys of its targets.</summary>
    ForeignKeys,

    /// <summary>It inverts a property that reads keys.</summary>
    Inverses,

    /// <summary>It follows two others.</summary>
    Paths,
}
