using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing;
using ServiceOffices.Testing.OData;
using ServiceOffices.Testing.Oracle;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Compares cached replies with newly computed ones for random queries of all options.</summary>
public sealed class ReplyCacheOracleTests
{
    private const long StoreBytes = 64 * 1024;

    private static readonly SampleRows Rows = new(seed: 11, samples: 40, groups: 16);

    [Fact]
    public void Get_RandomQueryRepeated_EqualsUncachedResponse()
    {
        var stored = new ReplyCache(StoreBytes);
        var (storing, plain) = (Endpoint(stored), Endpoint(new ReplyCache(0)));

        SeededCheck.Run(OracleQueries.ForRequest(OracleType.Sample), 1_000, options =>
        {
            var url = $"/odata/v1/samples?{string.Join('&', options.Options.Select(Encoded))}";
            foreach (var coding in (string[])["identity", "identity", "gzip"])
            {
                Assert.Equal(GetResponse(plain, url, coding), GetResponse(storing, url, coding));
            }
        });

        Assert.InRange(stored.Bytes, 1, StoreBytes);
    }

    private static ODataEndpoint Endpoint(ReplyCache stored)
    {
        var source = new InMemoryTableSource([SampleModel.Tables(Rows.Samples, Rows.Groups, revision: 1)]);
        var service = new ODataService(SampleModel.Model, new ODataOptions(), source, new FakeTimeProvider(SampleEngine.Now));
        return new ODataEndpoint(new RequestPipeline(NullLogger<RequestPipeline>.Instance), service, stored, new PublicUrl(null), ODataEndpoint.ServiceRootPath);
    }

    private static string GetResponse(ODataEndpoint endpoint, string url, string coding)
    {
        // Everything is in memory, so the task is completed.
        var response = HttpExchange.SendAsync(endpoint.HandleAsync, "GET", [("Accept-Encoding", coding)], url).GetAwaiter().GetResult();
        var fields = response.Headers.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {field.Value}");
        return $"{response.Status}\n{string.Join('\n', fields)}\n\n{Convert.ToBase64String(response.Body)}";
    }

    private static string Encoded(string option)
    {
        var split = option.IndexOf('=', StringComparison.Ordinal);
        return option[..(split + 1)] + Uri.EscapeDataString(option[(split + 1)..]);
    }
}
