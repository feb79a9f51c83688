using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

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
