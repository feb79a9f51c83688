namespace ServiceOffices.OData;

/// <summary>A request as the engine sees it, whatever host or batch it came by.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Path">Relative to the service root, without a leading slash, percent-decoded but for <c>%2F</c>.</param>
/// <param name="Query">What follows <c>?</c>, as sent.</param>
/// <param name="GetHeader">A request field's value by its name in any case, several joined by commas; null where absent.</param>
/// <param name="ServiceRoot">Absolute, with a trailing slash.</param>
public sealed record ODataRequest(string Method, string Path, string Query, Func<string, string?> GetHeader, Uri ServiceRoot)
{
    /// <summary>The content of a POST.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
