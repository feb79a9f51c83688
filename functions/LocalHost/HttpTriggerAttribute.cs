namespace ServiceOffices.LocalHost;

/// <summary>Binds a function to HTTP requests. Stands in for the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>Whether a key is needed.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>The methods that reach the function, in any case; others get 404, as on the real host.</summary>
    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>A route template without a leading slash, below the route prefix of host.json.</summary>
    public string? Route { get; set; }
}
