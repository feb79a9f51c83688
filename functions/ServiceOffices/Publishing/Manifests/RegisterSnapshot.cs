using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>The content of <c>register.json</c>: a published register without history.</summary>
internal sealed record RegisterSnapshot(
    IReadOnlyList<PublishedOffice> Offices,
    IReadOnlyList<LifecycleEvent> Events,
    IReadOnlyList<PublishedMunicipality> Municipalities,
    ReferenceData Reference,
    IReadOnlyList<NetworkSize> NetworkSizes)
{
    public const string FileName = "register.json";

    public static RegisterSnapshot FromRegister(PublishedRegister register) =>
        new(register.Offices, register.Events, register.Municipalities, register.Reference, register.NetworkSizes);

    public PublishedRegister ToRegister(IReadOnlyList<HistoryPage> history, IReadOnlyList<PublishedFile> files) => new(
        Offices,
        Events,
        Municipalities,
        Reference,
        NetworkSizes,
        // Not stored: large, and computed from the rest.
        CountySize.ComputeAll(Offices, Events, Reference, LocalDate.InStockholm(history[^1].Entries[^1].Record.At)),
        [.. history.SelectMany(page => page.Entries).SelectMany(entry => entry.Changes)],
        [.. history.SelectMany(page => page.Entries).Select(entry => entry.Record)],
        files);
}
