using System.Text;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>The limits on the memory of one request, asserted by the bytes that it allocates (docs/limits.md).</summary>
public sealed class RequestMemoryTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly SampleRows Rows = new(seed: 7, samples: 80, groups: 3);

    /// <summary>Short queries whose intermediate results double with each part, and the limit that each must name.</summary>
    public static TheoryData<string, string> DoublingQueries => new()
    {
        { "samples?$apply=" + Repeat("concat(identity,identity)", 18), "MaxIntermediateRows" },
        { "samples?$apply=" + Repeat("concat(filter(id ge 0),identity)", 18) + "/aggregate($count as n)", "MaxIntermediateRows" },
        { "samples?$apply=" + Nest("concat({0},{0})", 9), "MaxIntermediateRows" },
        { "samples?$apply=groupby((id)," + Nest("concat({0},{0})", 9) + ")", "MaxIntermediateRows" },
        { "groups?$apply=" + Join(4, "outerjoin(samples as s{0})"), "MaxIntermediateRows" },
        { "groups?$apply=" + Join(4, "join(samples as s{0})") + "/aggregate($count as n)", "MaxIntermediateRows" },
        { "groups?$expand=samples($apply=" + Repeat("concat(identity,identity)", 18) + ")", "MaxIntermediateRows" },
        { $"samples?$apply=compute('{Text}' as s0)/{Join(8, "compute(concat(s{0},s{0}) as s{1})")}/{Join(9, "compute(concat(s8,'a') as t{0})")}", "MaxMemoryBytes" },
        { $"samples?$apply=compute('{Text}' as s0)/{Join(24, "compute(concat(s{0},s{0}) as s{1})")}", "MaxStringLength" },
        { $"samples?$select=s24&$compute=text as s0,{Join(24, "concat(s{0},s{0}) as s{1}", ',')}", "MaxNodes" },
        { $"samples?$filter=length(s24) gt 0&$compute=text as s0,{Join(24, "concat(s{0},s{0}) as s{1}", ',')}", "MaxNodes" },
        { $"groups?$expand=samples($compute=text as s0,{Join(24, "concat($this/s{0},s{0}) as s{1}", ',')})", "MaxNodes" },
    };

    [Theory]
    [MemberData(nameof(DoublingQueries))]
    public void IntermediateResults_Doubling_AreRejected(string url, string limit)
    {
        var (response, allocated) = Measure(new ODataOptions { Limits = new ODataLimits { MaxMilliseconds = 60_000, MaxMemoryBytes = 16 * Megabyte, MaxIntermediateRows = 20_000 } }, url);

        Assert.Equal(400, response.Status);
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.Contains("\"LimitExceeded\"", text, StringComparison.Ordinal);
        Assert.Contains(limit, text, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 128 * Megabyte);
    }

    [Theory]
    [InlineData("samples?$apply=concat(identity,identity)")]
    [InlineData("samples?$apply=concat(identity,concat(identity,concat(identity,identity)))")]
    [InlineData("groups?$apply=outerjoin(samples as s)")]
    [InlineData("samples?$apply=compute(concat(text,text) as t)/concat(filter(id ge 0),identity)")]
    [InlineData("samples?$compute=concat(text,text) as a,concat(a,a) as b,concat(b,b) as c&$filter=length(c) ge 0&$orderby=c")]
    public void IntermediateResults_WithinLimits_AreAllowed(string url) =>
        Assert.Equal(200, new SampleEngine(Rows.Samples, Rows.Groups).Get(url).Status);

    [Theory]
    [InlineData("samples?$expand=group($expand=samples($expand=group($expand=samples)))")]
    [InlineData("samples?$compute=concat(text,'" + Text + "') as a,concat(a,a) as b,concat(b,b) as c,concat(c,c) as d,concat(d,d) as e,concat(e,e) as f,concat(f,f) as g&$select=g,f,e")]
    public void BufferedResponse_AboveLimit_IsRejected(string url)
    {
        var (response, allocated) = Measure(new ODataOptions { Limits = new ODataLimits { MaxMemoryBytes = Megabyte } }, url);

        Assert.Equal(400, response.Status);
        Assert.Contains("(MaxMemoryBytes)", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 16 * Megabyte);
        Assert.Equal(200, new SampleEngine(Rows.Samples, Rows.Groups).Get(url).Status);
    }

    [Theory]
    [InlineData("samples?$filter=$root/samples/any(a:a/id ge 0 and $root/samples/any(b:b/id lt 0))", "MaxSteps")]
    [InlineData("groups?$expand=samples($expand=group($expand=samples))", "MaxExpandedEntities")]
    [InlineData("samples?$apply=concat(identity,identity,identity,identity,identity)", "MaxIntermediateRows")]
    [InlineData("samples?$expand=group&$compute=concat(text,text) as t", "MaxMemoryBytes")]
    public void Batch_ManyRequests_ShareOneBudget(string url, string limit)
    {
        var limits = new ODataLimits { MaxSteps = 3_000_000, MaxExpandedEntities = 4_000, MaxIntermediateRows = 3_000, MaxMemoryBytes = Megabyte };
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = limits });
        var requests = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":"{{i}}","method":"get","url":"{{url}}"}"""));

        Assert.Equal(200, engine.Get(url).Status);
        var text = Encoding.UTF8.GetString(engine.Batch("application/json", $$"""{"requests":[{{requests}}]}""").Body.Span);

        Assert.Contains("\"status\":200", text, StringComparison.Ordinal);
        Assert.Contains($"({limit})", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 0, 4 * Megabyte);
    }

    // The contents of a JSON batch are referenced, so that a batch takes no more memory than its responses.
    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/mixed")]
    public void Batch_LargeContents_AreNotCopied(string accept)
    {
        var rows = new SampleRows(seed: 7, samples: 2000, groups: 3);
        SampleEngine engine = new(rows.Samples, rows.Groups);
        var length = engine.Get("samples").Content.Length;
        var requests = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":"{{i}}","method":"get","url":"samples"}"""));
        engine.Batch("application/json", "{\"requests\":[]}", ("Accept", accept));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var response = engine.Batch("application/json", $$"""{"requests":[{{requests}}]}""", ("Accept", accept));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (100 * length * 3 / 2) + (4 * Megabyte));
        Assert.True(response.Content.Length > 90 * length, $"{response.Content.Length}");
    }

    private const string Text = "A text that is repeated until the response exceeds the limit of its memory, however few rows it has. ";

    private static (ODataResponse Response, long AllocatedBytes) Measure(ODataOptions options, string url)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, options);
        engine.Get("samples?$top=1");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var response = engine.Get(url);
        return (response, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Repeat(string transformation, int times) => string.Join('/', Enumerable.Repeat(transformation, times));

    /// <summary>Joins copies of a text with the number of the copy and the next number.</summary>
    private static string Join(int times, string format, char separator = '/') => string.Join(
        separator, Enumerable.Range(0, times).Select(i => format.Replace("{0}", $"{i}", StringComparison.Ordinal).Replace("{1}", $"{i + 1}", StringComparison.Ordinal)));

    private static string Nest(string format, int times) =>
        Enumerable.Range(0, times).Aggregate("identity", (inner, _) => format.Replace("{0}", inner, StringComparison.Ordinal));
}
