namespace ServiceOffices.LocalHost;

/// <summary>Who may call a function. Stands in for the worker's type of the same name.</summary>
public enum AuthorizationLevel
{
    /// <summary>Everybody.</summary>
    Anonymous,

    /// <summary>Who has the function key.</summary>
    Function,
}
