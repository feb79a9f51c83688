namespace ServiceOffices.LocalHost;

/// <summary>Marks a method as a function. Stands in for the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>Unique in the app; HTTP functions are tried in its ordinal order.</summary>
    public string Name { get; } = name;
}
