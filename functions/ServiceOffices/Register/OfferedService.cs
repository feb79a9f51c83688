namespace ServiceOffices.Register;

/// <summary>What one agency's errands an office helps with.</summary>
/// <param name="Agency">The agency's id, one of <see cref="Codes.Agency"/>.</param>
/// <param name="Levels">The levels of service, each one of <see cref="Codes.Level"/>; empty where not known.</param>
public sealed record OfferedService(string Agency, IReadOnlyList<string> Levels);
