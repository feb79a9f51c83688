namespace ServiceOffices.LocalHost;

/// <summary>Binds a function to a schedule. Stands in for the worker's attribute of the same name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>NCRONTAB with six fields, seconds first, in UTC.</summary>
    public string Schedule { get; } = schedule;
}
