using System.Text;
using CrashingPublisher;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Formats;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Editing;

/// <summary>The services of one instance for imports and publishing, without background work.</summary>
internal sealed class ImportHarness : IDisposable
{
    private readonly CurrentPublication current;
    private readonly List<Publisher> publishers = [];

    public ImportHarness((IRegisterStore Register, IPublicationStore Publications) stores)
    {
        (Register, Publications) = stores;
        current = new CurrentPublication(new PublicationReader(Publications), TimeProvider.System, NullLogger<CurrentPublication>.Instance);
        Imports = new ImportStore(Publications, TimeProvider.System);
        Pending = new PendingImportProcessor(Register, Imports, TimeProvider.System, NullLogger<PendingImportProcessor>.Instance);
    }

    public IRegisterStore Register { get; }

    public IPublicationStore Publications { get; }

    public ImportStore Imports { get; }

    public PendingImportProcessor Pending { get; }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Accepts an import without applying it.</summary>
    public async Task<ImportRecord> AcceptAsync(string csv, ImportMode mode = ImportMode.Merge)
    {
        var accepted = await TryAcceptAsync(csv, mode, await Imports.GetLastAcceptedAsync(Now));
        return accepted ?? throw new InvalidOperationException("Another import was accepted.");
    }

    /// <summary>Accepts an import if no other was accepted after the given one.</summary>
    public async Task<ImportRecord?> TryAcceptAsync(string csv, ImportMode mode, int lastAccepted)
    {
        ImportRequest request = new(Encoding.UTF8.GetBytes(csv), IsJson: false, mode);
        ImportPlanner planner = new(await Register.ReadAllAsync(Now), new EditValidator(SeedData.Reference), request.Mode, new DateOnly(2026, 11, 23));
        var report = planner.Plan(CsvImportReader.Read(request.Content, ','));
        Assert.Empty(report.Problems);
        return await Imports.AcceptAsync(request, report, "tester", lastAccepted, Now);
    }

    public async Task EditAsync(string officeId, string name)
    {
        var existing = (await Register.ReadAsync(officeId, Now))!;
        await Register.WriteAsync(existing.Entry with { Office = existing.Entry.Office with { Name = name } }, existing.ETag, Now);
    }

    public Publisher CreatePublisher(IRefreshStep step, params IReadOnlyList<ExportFormat> formats)
    {
        Publisher publisher = new(
            Register, Publications, current, SeedData.Reference, formats.Count == 0 ? [new MinimalFormat()] : formats, TimeProvider.System,
            NullLogger<Publisher>.Instance, [step]);
        publishers.Add(publisher);
        return publisher;
    }

    public Task<RefreshOutcome> RefreshAsync(params IReadOnlyList<ExportFormat> formats) => CreatePublisher(Pending, formats).RefreshAsync(Now);

    public async Task<LoadedPublication> LoadAsync() => (await new PublicationReader(Publications).LoadAsync(null, Now))!;

    public async Task<IReadOnlyList<Office>> LoadOfficesAsync() =>
        [.. (await LoadAsync()).Publication.Register.Offices.Select(office => office.Office)];

    public void Dispose()
    {
        foreach (var publisher in publishers)
        {
            publisher.Dispose();
        }

        current.Dispose();
    }
}
