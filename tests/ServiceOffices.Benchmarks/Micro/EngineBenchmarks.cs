using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Time.Testing;
using ODataEngine;
using ODataEngine.Execution.Indexes;
using ODataEngine.Parsing;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>Measures the steps of a request separately, with and without indexes.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private const string Filter = "$filter=Status eq 'Open' and CountyCode eq '14'&$select=Id,Name,MunicipalityName&$orderby=Name&$top=50";

    private readonly UrlParser parser = new(BenchmarkModel.Model, new ODataLimits());
    private ODataService engine = null!;

    [Params(10_000)]
    public int Rows { get; set; }

    [Params(false, true)]
    public bool Indexed { get; set; }

    [GlobalSetup]
    public void Load() => engine = new ODataService(
        BenchmarkModel.Model,
        new ODataOptions { Indexing = Indexed ? new IndexOptions() : IndexOptions.Disabled },
        BenchmarkModel.Load(FormattableString.Invariant($"{Rows}")),
        new FakeTimeProvider());

    [Benchmark]
    public ParsedUrl Parse() => parser.Parse("Offices", Filter);

    [Benchmark]
    public long Key() => Measure("Offices(77)", "");

    [Benchmark]
    public long PlanOnly() => Measure("Offices", "$filter=Status eq 'Open'&$top=0");

    [Benchmark]
    public long FilterCount() => Measure("Offices", "$filter=Status eq 'Open' and CountyCode eq '14'&$count=true&$top=0");

    [Benchmark]
    public long FilterNumbers() => Measure("Offices", "$filter=Latitude gt 60 or Longitude lt 14&$count=true&$top=0");

    [Benchmark]
    public long SortTop() => Measure("Offices", "$orderby=CountyCode desc,Name&$top=50");

    [Benchmark]
    public long FilterSortSelect() => Measure("Offices", Filter);

    [Benchmark]
    public long Group() => Measure("Offices", "$apply=groupby((CountyCode),aggregate($count as n))");

    [Benchmark]
    public long GroupByTwo() => Measure("Offices", "$apply=groupby((CountyCode,Status),aggregate($count as n))");

    [Benchmark]
    public long Search() => Measure("Offices", "$search=berga&$count=true&$top=0");

    [Benchmark]
    public long Write50() => Measure("Offices", "$top=50");

    [Benchmark]
    public long WriteSelected() => Measure("Offices", "$select=Id,Name,MunicipalityName");

    private long Measure(string path, string query)
    {
        // The tables are in memory, so the task is completed.
        var response = engine.HandleAsync(new ODataRequest("GET", path, query, _ => null, new Uri("http://localhost/odata/")), CancellationToken.None);
        return response.IsCompletedSuccessfully ? response.Result.Content.Length : throw new InvalidOperationException("The engine did not complete synchronously.");
    }
}
