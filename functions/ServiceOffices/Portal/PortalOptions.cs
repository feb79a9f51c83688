namespace ServiceOffices.Portal;

/// <summary>What the pages say of the installation that serves them.</summary>
public sealed record PortalOptions
{
    /// <summary>Names of the file formats that queries are answered in, those most people open first.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>The limits of queries by the names of their settings.</summary>
    public IReadOnlyList<(string Name, long Value)> Limits { get; init; } = [];

    /// <summary>Who answers questions about the data; null where nobody is stated.</summary>
    public string? ContactName { get; init; }

    public string? ContactEmail { get; init; }

    /// <summary>An absolute http or https URL.</summary>
    public string? ContactPage { get; init; }
}
