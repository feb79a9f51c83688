using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Execution.Indexes;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Protocol;
using ServiceOffices.Benchmarks.Commands;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Schema;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>Queries by distance and by computed order in the model of the register.</summary>
[MemoryDiagnoser]
public class DistanceBenchmarks : IDisposable
{
    private const string Distance = "geo.distance(location,geography'POINT(15 60)')";

    private PublicationTableSource tables = null!;
    private CurrentPublication current = null!;
    private ODataService engine = null!;

    [Params(140, 10_000)]
    public int Offices { get; set; }

    [Params(false, true)]
    public bool Indexed { get; set; }

    [GlobalSetup]
    public async Task LoadAsync()
    {
        var harness = new ScaleHarness([new CsvFormat()]);
        await harness.PublishAsync(ScaleHarness.Register(Offices), new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        current = new CurrentPublication(new PublicationReader(harness.Store), TimeProvider.System, NullLogger<CurrentPublication>.Instance, maxAgeSeconds: 3600);
        tables = new PublicationTableSource(current, TimeProvider.System);
        engine = new ODataService(RegisterModel.Model, new ODataOptions { Indexing = Indexed ? new IndexOptions() : IndexOptions.Disabled }, tables, TimeProvider.System);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        tables.Dispose();
        current.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task<long> Within50Km() => MeasureAsync($"$filter={Distance} lt 50000&$count=true&$top=0");

    [Benchmark]
    public Task<long> Nearest10() => MeasureAsync($"$filter=location ne null&$orderby={Distance}&$top=10");

    [Benchmark]
    public Task<long> NearestOpen10() => MeasureAsync($"$filter=location ne null and status eq 'open'&$orderby={Distance}&$top=10");

    [Benchmark]
    public Task<long> FirstByPopulation() => MeasureAsync("$orderby=municipality/population desc&$top=10");

    private async Task<long> MeasureAsync(string query)
    {
        var response = await engine.HandleAsync(new ODataRequest("GET", "offices", query, _ => null, new Uri("http://localhost/odata/v1/")), CancellationToken.None);
        return response.Status == 200 ? response.Content.Length : throw new InvalidOperationException($"{query}: {response.Status}");
    }
}
