namespace ServiceOffices.Register;

/// <summary>What offices refer to and editors do not edit, each list ordered by its key.</summary>
public sealed record ReferenceData(
    IReadOnlyList<Municipality> Municipalities,
    IReadOnlyList<County> Counties,
    IReadOnlyList<FaRegion> FaRegions,
    IReadOnlyList<Agency> Agencies,
    IReadOnlyList<NetworkCount> NetworkCounts);
