namespace ServiceOffices.Register;

/// <summary>A visiting address in Sweden. Each part is null where it is not public.</summary>
/// <param name="Street">Street name and number.</param>
/// <param name="PostalCode">Five digits without a space; a string, so that nothing is lost.</param>
/// <param name="City">The post town (postort).</param>
public sealed record Address(string? Street, string? PostalCode, string? City);
