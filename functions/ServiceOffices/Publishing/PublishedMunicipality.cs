using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>A municipality with its access to open offices on the day of publication.</summary>
/// <param name="OfficesOpen">Offices in it whose status is open.</param>
/// <param name="DistanceToNearestOpenOfficeKm">From the seat, along the ellipsoid, to the nearest open office whose coordinates are known; null where none is open.</param>
public sealed record PublishedMunicipality(
    Municipality Municipality, int OfficesOpen, double? DistanceToNearestOpenOfficeKm, string? NearestOpenOfficeId);
