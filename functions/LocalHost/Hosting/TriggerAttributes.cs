namespace ServiceOffices.LocalHost.Hosting;

/// <summary>Binds a function to HTTP requests. Stands in for the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>Whether a key is needed.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>The methods that reach the function, in any letter case; others get 404, as in the Functions host. Empty: every method.</summary>
    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>A route template without a leading slash, below the route prefix of host.json.</summary>
    public string? Route { get; set; }
}

/// <summary>Who may call a function. Stands in for the worker's type of the same name.</summary>
public enum AuthorizationLevel
{
    /// <summary>Everybody.</summary>
    Anonymous,

    /// <summary>Who has the function key.</summary>
    Function,
}

/// <summary>Marks a method as a function. Stands in for the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>Unique in the app; HTTP functions are tried in its ordinal order.</summary>
    public string Name { get; } = name;
}

/// <summary>What a timer function is called with. Stands in for the worker's type of the same name.</summary>
public sealed class TimerInfo
{
    /// <summary>True where the call comes later than the schedule says.</summary>
    public bool IsPastDue { get; init; }
}

/// <summary>Binds a function to a schedule. Stands in for the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>NCRONTAB with six fields, seconds first, in UTC.</summary>
    public string Schedule { get; } = schedule;
}
