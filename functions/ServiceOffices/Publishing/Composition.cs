using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing;

/// <summary>What the register says on one day, before it is known whether that is news.</summary>
/// <param name="Offices">Ordered by id, ordinal; an office published before keeps its <see cref="PublishedOffice.ModifiedAt"/>.</param>
/// <param name="Events">Ordered by office id, then number.</param>
/// <param name="Municipalities">Ordered by code.</param>
/// <param name="Rejected">Rows left out or kept at their last good value, ordered by office id, then number, an office's own row first.</param>
public sealed record Composition(
    IReadOnlyList<PublishedOffice> Offices,
    IReadOnlyList<LifecycleEvent> Events,
    IReadOnlyList<PublishedMunicipality> Municipalities,
    IReadOnlyList<NetworkSize> NetworkSizes,
    IReadOnlyList<CountySize> CountySizes,
    IReadOnlyList<RejectedRow> Rejected);
