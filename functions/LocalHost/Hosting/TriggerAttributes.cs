namespace ServiceOffices.LocalHost.Hosting;

/// <summary>Binds a function to HTTP requests. Replaces the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>Gets the level that determines whether a key is required.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>Gets the methods of the function, ignoring case; empty for every method.</summary>
    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>Gets or sets the route template without a leading slash, below the route prefix of host.json.</summary>
    public string? Route { get; set; }
}

/// <summary>The authorization that a function requires. Replaces the worker's type of the same name.</summary>
public enum AuthorizationLevel
{
    /// <summary>No key is required.</summary>
    Anonymous,

    /// <summary>The function key is required.</summary>
    Function,
}

/// <summary>Marks a method as a function. Replaces the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>Gets the name, which is unique in the app and determines, in ordinal order, which HTTP function is tried first.</summary>
    public string Name { get; } = name;
}

/// <summary>The argument of a timer function. Replaces the worker's type of the same name.</summary>
public sealed class TimerInfo
{
    /// <summary>True if the call is later than scheduled.</summary>
    public bool IsPastDue { get; init; }
}

/// <summary>Binds a function to a schedule. Replaces the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>Gets the NCRONTAB expression with six fields, seconds first, in UTC.</summary>
    public string Schedule { get; } = schedule;
}
