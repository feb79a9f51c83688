namespace ServiceOffices.Tests.OpenApi;

/// <summary>A request that the contract shows.</summary>
/// <param name="Name">The operation's id, followed by what sets it apart where the operation has several.</param>
/// <param name="Line">Method and address, unencoded for reading.</param>
internal sealed record ExampleRequest(string Name, string Line)
{
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Null where there is none.</summary>
    public string? Content { get; init; }

    public string MediaType { get; init; } = "application/json";
}
