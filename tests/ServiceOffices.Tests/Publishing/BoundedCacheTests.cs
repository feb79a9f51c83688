using ServiceOffices.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class BoundedCacheTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void Add_BeyondCapacity_EvictsOldest()
    {
        using BoundedCache<int, string> cache = new("test", 3);

        foreach (var key in new[] { 1, 2, 3, 4 })
        {
            cache.Add(key, $"{key}");
        }

        Assert.Equal([false, true, true, true], new[] { 1, 2, 3, 4 }.Select(key => cache.TryGet(key, out _)));
        Assert.Equal(3, cache.Size);
    }

    [Fact]
    public void Add_BeyondCapacity_SparesReadEntries()
    {
        using BoundedCache<int, string> cache = new("test", 3);
        cache.Add(1, "1");
        cache.Add(2, "2");
        cache.Add(3, "3");
        cache.TryGet(1, out _);

        cache.Add(4, "4");

        Assert.True(cache.TryGet(1, out _));
        Assert.False(cache.TryGet(2, out _));
    }

    [Fact]
    public void Add_AllOthersRead_IsKept()
    {
        using BoundedCache<int, string> cache = new("test", 3);
        foreach (var key in new[] { 1, 2, 3 })
        {
            cache.Add(key, $"{key}");
            cache.TryGet(key, out _);
        }

        cache.Add(4, "4");

        Assert.True(cache.TryGet(4, out _));
        Assert.Equal(3, cache.Size);
    }

    [Fact]
    public void Add_SameKey_ReplacesValueAndSize()
    {
        using BoundedCache<string, string> cache = new("test", 100);
        cache.Add("a", "first", 60);

        cache.Add("a", "second", 10);

        Assert.True(cache.TryGet("a", out var value));
        Assert.Equal("second", value);
        Assert.Equal(10, cache.Size);
    }

    [Fact]
    public void Add_LargerThanCapacity_IsNotCached()
    {
        using BoundedCache<string, string> cache = new("test", 100);
        cache.Add("a", "small", 10);

        cache.Add("b", "large", 101);

        Assert.False(cache.TryGet("b", out _));
        Assert.True(cache.TryGet("a", out _));
    }

    [Fact]
    public void TryGet_Hit_AllocatesNothing()
    {
        using BoundedCache<(string, string), string> cache = new("test", 100);
        cache.Add(("a", "b"), "value");
        cache.TryGet(("a", "b"), out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            cache.TryGet(("a", "b"), out _);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500);
    }

    [Fact]
    public async Task GetOrCreate_Concurrently_CreatesOnceAndOneAtATime()
    {
        using BoundedCache<int, string> cache = new("test", 10);
        int running = 0, created = 0;
        var wasConcurrent = false;

        var values = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(async () => await cache.GetOrCreateAsync(
            index % 2,
            async cancel =>
            {
                wasConcurrent |= Interlocked.Increment(ref running) > 1;
                Interlocked.Increment(ref created);
                await Task.Delay(5, cancel);
                Interlocked.Decrement(ref running);
                return $"{index % 2}";
            },
            Now))));

        Assert.Equal(2, created);
        Assert.False(wasConcurrent);
        Assert.Equal(["0", "1"], values.Distinct().Order());
    }

    [Fact]
    public async Task GetOrCreate_Null_IsNotCached()
    {
        using BoundedCache<int, string> cache = new("test", 10);

        Assert.Null(await cache.GetOrCreateAsync(1, _ => Task.FromResult<string?>(null), Now));
        Assert.Equal("value", await cache.GetOrCreateAsync(1, _ => Task.FromResult<string?>("value"), Now));
    }
}
