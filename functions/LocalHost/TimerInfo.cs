namespace ServiceOffices.LocalHost;

/// <summary>What a timer function is called with. Stands in for the worker's type of the same name.</summary>
public sealed class TimerInfo
{
    /// <summary>True where the call comes later than the schedule says.</summary>
    public bool IsPastDue { get; init; }
}
