using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>An event that an import adds, changes or takes away.</summary>
/// <param name="Before">Null where it is new.</param>
/// <param name="After">Null where it goes.</param>
public sealed record EventDifference(int Number, LifecycleEvent? Before, LifecycleEvent? After);
