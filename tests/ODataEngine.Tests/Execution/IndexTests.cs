using System.Diagnostics.Metrics;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Telemetry;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>The content of indexes, and the limit on their memory.</summary>
public sealed class IndexTests
{
    private static readonly string[] Queries =
    [
        "samples?$filter=name eq 'a' or name gt 'b'&$orderby=name desc,id&$count=true&$top=7",
        "samples?$filter=contains(name,'a') and id gt 3&$count=true",
        "samples?$filter=contains(text,'le') or contains(name,'jöb')&$top=9",
        "samples?$filter=not contains(text,'le') and contains(text,'re')&$top=600",
        "samples?$filter=contains(text,'👩‍👧')&$top=3",
        "samples?$search=linn AND zzz&$top=9",
        "samples?$search=(almh OR älmh) NOT örebro&$top=40",
        "samples?$search=sjob OR a&$count=true&$top=9",
        "samples?$filter=tags/any(t:t eq 'a')&$count=true",
        "samples?$filter=tags/all(t:startswith(t,'a'))&$top=3",
        "samples?$apply=groupby((name),aggregate($count as n))",
        "samples?$orderby=text&$skip=3&$top=5&$select=id,name",
        "samples?$orderby=length(text) desc,id desc&$top=7",
        "samples?$filter=name eq 'a' or name gt 'b'&$orderby=tolower(name) desc,length(text)&$skip=40&$top=9&$count=true",
        "samples?$orderby=year(on),day(on) desc&$top=5000",
        "samples?$filter=geo.distance(place,geography'POINT(15 60)') lt 90000&$orderby=geo.distance(place,geography'POINT(15 60)')&$count=true&$top=20",
        "samples?$orderby=geo.distance(place,geography'POINT(15 60)')&$skip=3&$top=40",
        "samples?$filter=place ne null&$orderby=geo.distance(geography'POINT(15 60)',place)&$skip=3&$top=7&$count=true",
        "samples?$filter=place ne null&$orderby=geo.distance(place,geography'POINT(15 60)')&$top=4000",
        "samples?$filter=place ne null&$orderby=geo.distance(place,geography'POINT(15 60)') desc&$top=7",
        "samples?$filter=700000.5 ge geo.distance(geography'POINT(15 60)',place) and id lt 4000&$count=true&$top=20",
        "samples?$filter=geo.distance(place,geography'POINT(15 60)') gt 90000 or geo.distance(place,geography'POINT(0 89)') le 4e6&$count=true&$top=20",
    ];

    private static readonly SampleRows Rows = new(seed: 5, samples: 5_000, groups: 8);

    [Fact]
    public void Create_ColumnWithNulls_OrdersRowsByValue()
    {
        var column = new ValueColumn<int>(new Property("n", PrimitiveType.Int32, nullable: true), [7, 0, 3, 7, 5], [false, true, false, false, false]);

        var index = ColumnIndex.Create(column, 5)!;

        Assert.Equal([3, 0, 1, 3, 2], index.Codes);
        Assert.Equal([1, 2, 4, 0, 3], index.Rows);
        Assert.Equal((2, 3), (index.GetLowerBound(4), index.GetUpperBound(5)));
    }

    [Fact]
    public void Results_LargeTables_DoNotDependOnIndexes()
    {
        var scanning = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Indexing = IndexOptions.Disabled });
        var indexed = new SampleEngine(Rows.Samples, Rows.Groups);
        var halfIndexed = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Indexing = new IndexOptions { MaxBytes = 100_000 } });

        Assert.All(Queries, query =>
        {
            var expected = scanning.GetJson(query).GetRawText();
            Assert.Equal(expected, indexed.GetJson(query).GetRawText());
            Assert.Equal(expected, halfIndexed.GetJson(query).GetRawText());
        });
    }

    [Fact]
    public void Signature_Substring_IsSubset()
    {
        string[] texts = ["", "a", "ab", "Älmhult Örebro", "👩‍👧 \u0001 aaaa"];

        Assert.All(texts, text =>
        {
            for (var start = 0; start <= text.Length; start++)
            {
                for (var end = start; end <= text.Length; end++)
                {
                    Assert.Equal(0UL, StringSignatures.Compute(text.AsSpan(start..end)) & ~StringSignatures.Compute(text));
                }
            }
        });
        Assert.Equal(0UL, StringSignatures.Compute("a"));
        Assert.NotEqual(StringSignatures.Compute("berga"), StringSignatures.Compute("Älmhult"));
    }

    [Fact]
    public void Store_MemoryLimit_CreatesNoMoreIndexes()
    {
        var columns = Enumerable.Range(0, 10).Select(i => new ValueColumn<int>(new Property($"n{i}", PrimitiveType.Int32, nullable: false), new int[1_000], null)).ToList();
        var store = new IndexCache(new IndexOptions { MaxBytes = 20_000 }, EngineTelemetry.Default);

        var created = columns.Count(column => store.GetOrCreate(column, 1_000) is not null);

        Assert.Equal(2, created);
        Assert.InRange(store.Bytes, 16_000, 20_000);
    }

    [Fact]
    public void Lookups_SameColumn_CountOneMissThenHits()
    {
        var thread = Environment.CurrentManagedThreadId;
        var lookups = new List<string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "odataengine.cache.lookups")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            // Other tests record measurements on their own threads.
            if (Environment.CurrentManagedThreadId == thread)
            {
                lookups.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")));
            }
        });
        listener.Start();
        var column = new ValueColumn<int>(new Property("n", PrimitiveType.Int32, nullable: false), new int[1_000], null);
        var store = new IndexCache(new IndexOptions(), EngineTelemetry.Default);

        _ = (store.GetOrCreate(column, 1_000), store.GetOrCreate(column, 1_000));

        Assert.Equal(["cache.name=indexes cache.result=miss", "cache.name=indexes cache.result=hit"], lookups);
    }
}
