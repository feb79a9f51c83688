using Azure.Core.Pipeline;
using ServiceOffices.FaultRuns.Histories;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

/// <summary>The first histories of tests/FaultRuns, which runs any number of them.</summary>
public sealed class FaultHistoryTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const int Count = 50;

    [Fact]
    public async Task Histories_FailingRequests_EachWriteOnceAndRepliesTrue()
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        using HttpClient client = new();
        HttpClientTransport transport = new(client);
        HistoryTotals totals = new();

        for (var seed = 0; seed < Count; seed++)
        {
            await History.RunAsync(azurite.ConnectionString, transport, seed, totals, TestContext.Current.CancellationToken);
        }

        Assert.True(totals.Problems.Count == 0, string.Join('\n', totals.Problems.Take(10)));
        Assert.True(totals is { Faults: > Count, AddedEvents: > Count, Undecided: > 0, Unavailable: > 0, Interferences: > 0, Imports: > 0 }, totals.ToString());
    }
}
