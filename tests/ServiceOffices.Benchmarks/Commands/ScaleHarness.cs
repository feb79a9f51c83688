using ODataEngine.Formats;
using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;
using ServiceOffices.Seed;
using ServiceOffices.Storage;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>Publishes registers of any size to a counting store and measures each step.</summary>
internal sealed class ScaleHarness(IReadOnlyList<ExportFormat> formats)
{
    private readonly RegisterComposer composer = new(SeedData.Reference);
    private readonly string contract = PublicationContract.ComputeHash(RegisterModel.Model, formats);
    private LoadedPublication? last;

    public InMemoryPublicationStore Store { get; } = new();

    /// <summary>Creates the given number of offices by repeating the seed data, each with its own id and a nearby location.</summary>
    public static IReadOnlyList<RegisterEntry> Register(int offices) =>
    [
        .. Enumerable.Range(0, offices).Select(number =>
        {
            var (office, events) = SeedData.Entries[number % SeedData.Entries.Count];
            var id = $"{office.Id}-{number:D7}";
            return new RegisterEntry(
                office with { Id = id, Latitude = office.Latitude + (number % 97 / 10_000.0), Longitude = office.Longitude + (number % 89 / 10_000.0) },
                [.. events.Select(lifecycleEvent => lifecycleEvent with { OfficeId = id })]);
        }).OrderBy(entry => entry.Office.Id, StringComparer.Ordinal),
    ];

    /// <summary>Releases the last publication, so that only the store holds it.</summary>
    public void Reset() => last = null;

    /// <returns>Milliseconds of processor time for composing and comparing, and for writing.</returns>
    public async Task<(double Compose, double Write)> PublishAsync(IReadOnlyList<RegisterEntry> entries, DateTimeOffset at)
    {
        var started = Environment.CpuUsage.TotalTime;
        var content = new RegisterContent([.. entries.Select(entry => new StoredEntry(entry, "1"))], []);
        var composition = composer.Compose(content, LocalDate.InStockholm(at), at, last?.Publication.Register);
        var draft = PublicationDraft.Create(composition, SeedData.Reference, last, contract, at)
            ?? throw new InvalidOperationException("Nothing to publish.");
        var compose = (Environment.CpuUsage.TotalTime - started).TotalMilliseconds;

        started = Environment.CpuUsage.TotalTime;
        var (next, pointer) = await new PublicationWriter(Store, formats, contract)
            .WriteAsync(draft, last, PublicationFolders.CreateName(draft.Record.Revision), CancellationToken.None);
        var etag = await Store.ReplacePointerAsync(pointer, last?.ETag, CancellationToken.None);
        last = next with { ETag = etag! };
        return (compose, (Environment.CpuUsage.TotalTime - started).TotalMilliseconds);
    }
}
