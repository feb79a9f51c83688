namespace ServiceOffices.Editing;

/// <summary>What becomes of the rows that an import does not name.</summary>
public enum ImportMode
{
    /// <summary>They stay as they are; so does each column that the document has not.</summary>
    Merge,

    /// <summary>They go: the register holds then what the document holds.</summary>
    Replace,
}
