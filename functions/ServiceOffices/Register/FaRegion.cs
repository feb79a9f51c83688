namespace ServiceOffices.Register;

/// <summary>A functional labour-market region (FA-region) of one version of the classification.</summary>
/// <param name="Code">Two digits, unique within <paramref name="Version"/>.</param>
/// <param name="Version">The classification, "FA15".</param>
/// <param name="Population">Inhabitants on 2019-12-31, the sum of its municipalities'.</param>
public sealed record FaRegion(string Code, string Version, string Name, int Population);
