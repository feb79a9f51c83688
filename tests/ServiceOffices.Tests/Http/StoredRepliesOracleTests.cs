using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Http;
using ServiceOffices.OData;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Tests.Fixtures;
using ServiceOffices.Tests.OData;

namespace ServiceOffices.Tests.Http;

/// <summary>Random queries of all options combined: what is sent again from the store is what would be answered anew.</summary>
public sealed class StoredRepliesOracleTests
{
    private const long StoreBytes = 64 * 1024;

    private static readonly SampleRows Rows = new(seed: 11, samples: 40, groups: 16);

    [Fact]
    public void Get_AnyQueryAgain_IsAnsweredAsWithoutTheStore()
    {
        var stored = new StoredReplies(StoreBytes);
        var (storing, plain) = (Endpoint(stored), Endpoint(new StoredReplies(0)));

        Seeded.Check(OracleQueries.OfRequest(OracleType.Sample), 1_000, options =>
        {
            var url = $"/odata/v1/samples?{string.Join('&', options.Texts.Select(Encoded))}";
            foreach (var coding in (string[])["identity", "identity", "gzip"])
            {
                Assert.Equal(Answer(plain, url, coding), Answer(storing, url, coding));
            }
        });

        Assert.InRange(stored.Bytes, 1, StoreBytes);
    }

    private static ODataEndpoint Endpoint(StoredReplies stored)
    {
        var source = new SampleSource([SampleModel.Tables(Rows.Samples, Rows.Groups, revision: 1)]);
        var service = new ODataService(SampleModel.Model, new ODataOptions(), source, new FakeTimeProvider(Engine.Now));
        return new ODataEndpoint(new Boundary(NullLogger<Boundary>.Instance), service, stored, new PublicAddress(null), ODataEndpoint.RegisterRoot);
    }

    private static string Answer(ODataEndpoint endpoint, string url, string coding)
    {
        // Everything is in memory: nothing is waited for.
        var answer = Exchange.SendAsync(endpoint.AnswerAsync, "GET", [("Accept-Encoding", coding)], url).GetAwaiter().GetResult();
        var fields = answer.Headers.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {field.Value}");
        return $"{answer.Status}\n{string.Join('\n', fields)}\n\n{Convert.ToBase64String(answer.Body)}";
    }

    private static string Encoded(string option)
    {
        var split = option.IndexOf('=', StringComparison.Ordinal);
        return option[..(split + 1)] + Uri.EscapeDataString(option[(split + 1)..]);
    }
}
