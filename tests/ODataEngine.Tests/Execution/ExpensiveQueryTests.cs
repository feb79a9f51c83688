using System.Text;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>The limit on expensive requests at the same time, and requests whose client has disconnected (docs/limits.md).</summary>
public sealed class ExpensiveQueryTests
{
    private const string Cheap = "samples?$filter=id ge 0&$orderby=name&$expand=group";
    private const string ManySteps = "samples?$filter=$root/samples/any(a:a/id ge 0 and $root/samples/any(b:b/id lt 0))";
    private const string LargeFile = "samples?$apply=concat(identity,identity,identity,identity)/concat(identity,identity,identity,identity)&$format=csv";
    private const string MuchMemory = "samples?$apply=concat(identity,identity,identity,identity)/concat(identity,identity,identity,identity)&$top=1";

    private static readonly SampleRows Rows = new(seed: 7, samples: 80, groups: 3);

    [Fact]
    public void CheapRequest_LimitReached_IsAnswered()
    {
        var limit = new OneAtATime { Entered = 1 };

        Assert.Equal(200, CreateEngine(limit).Get(Cheap).Status);
        Assert.Equal(0, limit.Attempts);
    }

    [Theory]
    [InlineData(ManySteps)]
    [InlineData(MuchMemory)]
    public void ExpensiveRequest_LimitReached_Returns503WithRetryAfter(string url)
    {
        var response = CreateEngine(new OneAtATime { Entered = 1 }).Get(url);

        Assert.Equal(503, response.Status);
        Assert.Contains(("Retry-After", "2"), response.Headers);
        var text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.Contains("\"Overloaded\"", text, StringComparison.Ordinal);
        Assert.Contains("(MaxExpensiveQueries)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ManySteps, 200)]
    [InlineData(MuchMemory, 200)]
    [InlineData("samples?$filter=$root/samples/any(a:$root/samples/any(b:$root/samples/any(c:c/id lt 0)))", 400)]
    public void ExpensiveRequest_Completed_AllowsTheNext(string url, int status)
    {
        var limit = new OneAtATime();
        var engine = CreateEngine(limit);

        Assert.Equal([status, status], [engine.Get(url).Status, engine.Get(url).Status]);
        Assert.Equal((2, 0), (limit.Attempts, limit.Entered));
    }

    // A batch is one request: it is admitted once, and its other requests do not wait for each other.
    [Fact]
    public void Batch_ExpensiveRequests_AreAdmittedOnce()
    {
        var limit = new OneAtATime();
        var request = $$"""{"id":"{0}","method":"get","url":"{{ManySteps}}"}""";

        var text = Encoding.UTF8.GetString(CreateEngine(limit).Batch(
            "application/json", $$"""{"requests":[{{request.Replace("{0}", "1", StringComparison.Ordinal)}},{{request.Replace("{0}", "2", StringComparison.Ordinal)}}]}""").Body.Span);

        Assert.Equal(2, text.Split("\"status\":200").Length - 1);
        Assert.Equal((1, 0), (limit.Attempts, limit.Entered));
    }

    // The work of a file is done after the evaluation, so it counts before.
    [Fact]
    public void File_ManyCells_IsExpensive()
    {
        var limits = new ODataLimits { ExpensiveSteps = 2_500 };

        Assert.Equal(503, CreateEngine(new OneAtATime { Entered = 1 }, limits).Get(LargeFile).Status);
        Assert.Equal(200, CreateEngine(new OneAtATime { Entered = 1 }, limits).Get("samples?$format=csv").Status);
    }

    [Fact]
    public async Task File_Expensive_IsAdmittedExceptWhileClientReceives()
    {
        OneAtATime limit = new();
        var response = CreateEngine(limit, new ODataLimits { ExpensiveSteps = 2_500 }).Get(LargeFile);
        Assert.Equal(0, limit.Entered);
        await using SlowClient client = new(() => limit.Entered);

        await response.WriteContentAsync!(client, TestContext.Current.CancellationToken);

        Assert.Equal([1], client.EnteredAtStart.Distinct());
        Assert.Equal([0], client.EnteredWhileReceiving.Distinct());
        Assert.Equal(0, limit.Entered);
    }

    [Theory]
    [InlineData(ManySteps)]
    [InlineData("samples?$apply=concat(identity,identity)")]
    [InlineData("samples?$filter=id ge 0")]
    public void Request_ClientHasDisconnected_EndsEvaluation(string url)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups) { CancellationToken = new CancellationToken(canceled: true) };

        Assert.Throws<OperationCanceledException>(() => engine.Get(url));
    }

    private static SampleEngine CreateEngine(OneAtATime limit, ODataLimits? limits = null) => new(Rows.Samples, Rows.Groups, new ODataOptions
    {
        FileFormats = ExportFormats.ForQueries,
        Limits = limits ?? new ODataLimits { ExpensiveSteps = 20_000, MaxMemoryBytes = 8 * 1024 * 1024, MaxSteps = 8_000_000, MaxMilliseconds = 60_000 },
        ExpensiveQueries = limit,
    });

    /// <summary>A client that receives each part of a response after a while.</summary>
    private sealed class SlowClient(Func<int> getEntered) : MemoryStream
    {
        public List<int> EnteredAtStart { get; } = [];

        public List<int> EnteredWhileReceiving { get; } = [];

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            EnteredAtStart.Add(getEntered());
            await Task.Delay(1, cancellationToken);
            EnteredWhileReceiving.Add(getEntered());
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    private sealed class OneAtATime : IConcurrencyLimit
    {
        public int Attempts { get; private set; }

        public int Entered { get; set; }

        public IDisposable? TryEnter()
        {
            Attempts++;
            return Entered++ == 0 ? new Operation(this) : null;
        }

        private sealed class Operation(OneAtATime limit) : IDisposable
        {
            public void Dispose() => limit.Entered--;
        }
    }
}
