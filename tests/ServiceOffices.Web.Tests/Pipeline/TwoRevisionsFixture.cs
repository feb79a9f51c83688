using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Seed;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

[assembly: AssemblyFixture(typeof(TwoRevisionsFixture))]

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>The seed register published, then Storuman renamed and published again an hour later. Read only.</summary>
public sealed class TwoRevisionsFixture : IAsyncLifetime
{
    public const string NewName = "Storuman, \"nya\" kontoret";

    public static readonly DateTimeOffset FirstPublishedAt = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    // As in ServiceRegistration.
    private static readonly IReadOnlyList<ExportFormat> Formats = ExportFormats.CreateAll("/odata/v1/", EventSchema.CalendarIdentity);

    private readonly TemporaryFolder folder = new();
    private PublishingHarness? desk;

    public static DateTimeOffset SecondPublishedAt => FirstPublishedAt.AddHours(1);

    public RequestPipeline Boundary { get; } = new(NullLogger<RequestPipeline>.Instance);

    public CurrentPublication Current => desk!.Current;

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTimeProvider(FirstPublishedAt);
        desk = new PublishingHarness(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        await RegisterSeeder.SeedIfUnusedAsync(desk.Register, desk.Publications, TimeProvider.System, CancellationToken.None);
        await desk.RefreshAsync(Formats);
        clock.Advance(TimeSpan.FromHours(1));
        var storuman = SeedData.Entries.Single(entry => entry.Office.Id == "storuman");
        await desk.PutAsync(storuman with { Office = storuman.Office with { Name = NewName } });
        await desk.RefreshAsync(Formats);
    }

    public async Task<Publication> PublicationAsync() => (await Current.GetAsync(CancellationToken.None))!;

    public ValueTask DisposeAsync()
    {
        desk?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
