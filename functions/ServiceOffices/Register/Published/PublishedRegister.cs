using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>Everything that one revision says, before it is laid out in tables.</summary>
/// <param name="Offices">Ordered by id, ordinal.</param>
/// <param name="Events">Ordered by office id, then number.</param>
/// <param name="Municipalities">Ordered by code.</param>
/// <param name="Changes">All of history, ordered by sequence.</param>
/// <param name="Publications">All of history, ordered by revision, this one last.</param>
/// <param name="Files">What can be downloaded of this revision; none until they are written.</param>
public sealed record PublishedRegister(
    IReadOnlyList<PublishedOffice> Offices,
    IReadOnlyList<LifecycleEvent> Events,
    IReadOnlyList<PublishedMunicipality> Municipalities,
    ReferenceData Reference,
    IReadOnlyList<NetworkSize> NetworkSizes,
    IReadOnlyList<CountySize> CountySizes,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<PublicationRecord> Publications,
    IReadOnlyList<PublishedFile> Files);

/// <summary>A municipality with its access to open offices on the day of publication.</summary>
/// <param name="OfficesOpen">Offices in it whose status is open.</param>
/// <param name="DistanceToNearestOpenOfficeKm">From the seat, along the ellipsoid, to the nearest open office whose coordinates are known; null where none is open.</param>
public sealed record PublishedMunicipality(
    Municipality Municipality, int OfficesOpen, double? DistanceToNearestOpenOfficeKm, string? NearestOpenOfficeId);

/// <summary>An office with what follows from its events and its municipality on the day of publication.</summary>
/// <param name="Status">One of <see cref="Codes.Status"/>; null before the first event that counts.</param>
/// <param name="ModifiedAt">When the publication was made that last changed any value of it, in UTC.</param>
public sealed record PublishedOffice(Office Office, string? Status, DateTimeOffset ModifiedAt)
{
    public string? CountyCode => Office.MunicipalityCode?[..2];

    /// <summary>Ids of the agencies whose errands the office helps with.</summary>
    public IEnumerable<string> Agencies => Office.Services.Select(service => service.Agency);
}
