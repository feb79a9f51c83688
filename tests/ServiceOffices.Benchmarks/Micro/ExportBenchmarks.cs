using BenchmarkDotNet.Attributes;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Benchmarks.Processes;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>Compares each format with a naive implementation: the same rows and columns, from objects, with a common library.</summary>
[MemoryDiagnoser]
public class ExportBenchmarks
{
    private const int Count = 100_000;

    private List<BenchmarkOffice> offices = [];
    private RowSet rows;
    private ExportFormat format = ExportFormats.All[0];

    public static IEnumerable<string> Formats => NaiveExports.Names;

    [ParamsSource(nameof(Formats))]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        offices = [.. BenchmarkRegister.Offices(Count)];
        rows = ExportTable.CreateRows(offices);
        format = ExportFormats.All.Single(candidate => candidate.Name == Format);
    }

    [Benchmark(Baseline = true)]
    public async Task<long> Naive()
    {
        await using var output = new CountingStream();
        await NaiveExports.WriteAsync(Format, offices, output);
        return output.Count;
    }

    [Benchmark]
    public async Task<long> Ours()
    {
        await using var output = new CountingStream();
        await format.WriteAsync(rows, new ExportOptions(ExportTable.Set), output, CancellationToken.None);
        return output.Count;
    }
}
