namespace ServiceOffices.Publishing;

/// <summary>How a refresh ended.</summary>
public enum RefreshResult
{
    /// <summary>There is a new revision.</summary>
    Published,

    /// <summary>The current revision says all there is to say; nothing was written.</summary>
    NothingNew,

    /// <summary>Another process refreshes at this moment; nothing was read or written.</summary>
    Busy,

    /// <summary>Somebody else published in between, or the try took too long; the next refresh starts afresh.</summary>
    Conflict,

    /// <summary>The register holds no row at all where it held offices before: that is a fault, and nothing is published.</summary>
    RegisterLost,
}
