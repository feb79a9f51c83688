using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Sends random requests through a client's cache (RFC 9111) and compares each result with that of a request without a cache.</summary>
public sealed class CacheOracleTests : ITableSource
{
    private static readonly SampleRows Rows = new(seed: 11, samples: 20, groups: 6);

    private static readonly string[] Urls =
    [
        "/odata/v1/samples", "/odata/v1/samples?$select=id,name", "/odata/v1/samples(1)", "/odata/v1/groups?$expand=samples($select=id)", "/odata/v1/samples/$count", "/odata/v1/samples?$format=csv",
        "/odata/v1/samples(1)/name/$value", "/odata/v1/", "/odata/v1/$metadata", "/odata/v1/samples?$filter=no eq 1", "/odata/v1/samples?$apply=groupby((flag),aggregate($count as n))", "/odata/v1/samples?revision=1&$top=2",
        "/odata/v1/samples?$compute=now() as t&$select=id,t&$top=1",
    ];

    private static readonly (string Name, string?[] Values)[] Choices =
    [
        ("Accept", [null, null, "application/json", "application/json;metadata=full", "application/json;odata.metadata=none", "application/json;IEEE754Compatible=true", "application/xml", "text/plain", "*/*;q=0.1, text/csv"]),
        ("Accept-Encoding", [null, "identity", "gzip", "br", "gzip;q=0, br"]),
        ("Prefer", [null, null, "maxpagesize=2", "odata.maxpagesize=3", "omit-values=nulls", "track-changes", "maxpagesize=2, omit-values=nulls"]),
        ("OData-MaxVersion", [null, "4.0", "4.01"]),
        ("OData-Version", [null, null, null, "4.0"]),
    ];

    private readonly FakeTimeProvider clock = new(SampleEngine.Now);
    private readonly TableSet[] revisions = [.. Enumerable.Range(1, 4).Select(revision =>
        SampleModel.Tables([.. Rows.Samples.Skip(revision)], Rows.Groups, revision, SampleEngine.Now.AddDays(-1).AddHours(revision)))];

    private int current;

    [Fact]
    public async Task Get_ThroughClientCache_EqualsFreshResponse()
    {
        var (cached, plain) = (Endpoint(new ReplyCache(1_000_000)), Endpoint(new ReplyCache(0)));
        var random = new Random(20180515);
        var client = new ClientCache(clock, (url, headers) => HttpExchange.SendAsync(cached.HandleAsync, "GET", headers, url));
        for (var number = 0; number < 4_000; number++)
        {
            if (number % 1_000 == 999)
            {
                // A new revision. Until the cached responses are stale, a client can see the previous one.
                current++;
                clock.Advance(TimeSpan.FromDays(2));
            }

            var url = Urls[random.Next(Urls.Length)];
            (string Name, string Value)[] headers = [.. Choices.Select(choice => (choice.Name, Value: choice.Values[random.Next(choice.Values.Length)])).Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))];

            var actual = await client.GetAsync(url, headers);
            var expected = await HttpExchange.SendAsync(plain.HandleAsync, "GET", headers, url);

            Assert.True(Describe(expected) == Describe(actual), $"Request {number}: {url} {string.Join(", ", headers)}\n{Describe(expected)}\n{Describe(actual)}");
        }

        Assert.True(client.Revalidated > 100 && client.Reused > 50, $"{client.Revalidated} responses were validated and {client.Reused} reused.");
    }

    // RFC 9110, 8.8.3: a client may send the tag of any representation of the URL that it knows.
    [Fact]
    public async Task Get_IfNoneMatchOfAnyRepresentation_Returns304OnlyForItsOwn()
    {
        var endpoint = Endpoint(new ReplyCache(1_000_000));
        var random = new Random(7);
        var known = new Dictionary<(string Url, string Tag), (string Media, string Content)>();
        for (var number = 0; number < 2_000; number++)
        {
            current = number / 500;
            var url = Urls[random.Next(Urls.Length)];
            (string Name, string Value)[] headers = [.. Choices.Select(choice => (choice.Name, Value: choice.Values[random.Next(choice.Values.Length)])).Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))];
            var fresh = await HttpExchange.SendAsync(endpoint.HandleAsync, "GET", headers, url);
            foreach (var ((_, tag), content) in known.Where(item => item.Key.Url == url).ToList())
            {
                var conditional = await HttpExchange.SendAsync(endpoint.HandleAsync, "GET", [.. headers, ("If-None-Match", tag)], url);
                var isSame = fresh.Headers.ETag.ToString() == tag;
                Assert.True(conditional.Status == (isSame ? 304 : fresh.Status), $"{url} {string.Join(", ", headers)} {tag}: {conditional.Status}");
                Assert.True(!isSame || content == (fresh.Headers.ContentType.ToString(), Decode(fresh)), $"{url} {string.Join(", ", headers)}: two representations have the tag {tag}.");
            }

            if (fresh.Status == 200 && fresh.Headers.ETag.Count > 0)
            {
                known[(url, fresh.Headers.ETag.ToString())] = (fresh.Headers.ContentType.ToString(), Decode(fresh));
            }
        }

        Assert.True(known.Count > 40, $"Only {known.Count} representations had a tag.");
    }

    public ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken) => new(revisions[current]);

    public ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken) => new(revisions.FirstOrDefault(tables => tables.Revision == revision && revision <= current + 1));

    public ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken) => throw new NotSupportedException("No set of this model has a timeline.");

    private ODataEndpoint Endpoint(ReplyCache replies) => new(
        new RequestPipeline(NullLogger<RequestPipeline>.Instance), new ODataService(SampleModel.Model, new ODataOptions(), this, clock), replies, new PublicUrl(null), ODataEndpoint.ServiceRootPath);

    private static string Describe(HttpExchange response) =>
        $"{response.Status} {response.Headers.ContentType} {response.Headers["OData-Version"]} {response.Headers["Preference-Applied"]} {response.Headers.ETag} {Decode(response)}";

    private static string Decode(HttpExchange response)
    {
        using Stream body = response.Headers.ContentEncoding.ToString() switch
        {
            "gzip" => new GZipStream(new MemoryStream(response.Body), CompressionMode.Decompress),
            "br" => new BrotliStream(new MemoryStream(response.Body), CompressionMode.Decompress),
            _ => new MemoryStream(response.Body),
        };
        using var text = new StreamReader(body, Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>A private cache (RFC 9111): stores what may be stored, selects by Vary (4.1), reuses what is fresh (4.2) and validates the rest with all known tags (4.3).</summary>
    private sealed class ClientCache(TimeProvider clock, Func<string, IEnumerable<(string Name, string Value)>, Task<HttpExchange>> send)
    {
        private readonly List<Stored> responses = [];

        public int Revalidated { get; private set; }

        public int Reused { get; private set; }

        public async Task<HttpExchange> GetAsync(string url, (string Name, string Value)[] headers)
        {
            var ofUrl = responses.Where(stored => stored.Url == url).ToList();
            var selected = ofUrl.LastOrDefault(stored => Matches(stored, headers));
            if (selected is not null && clock.GetUtcNow() < selected.FreshUntil)
            {
                Reused++;
                return selected.Response;
            }

            var tags = ofUrl.Select(stored => stored.Response.Headers.ETag.ToString()).Where(tag => tag.Length > 0).Distinct().ToList();
            var response = await send(url, tags.Count == 0 ? headers : [.. headers, ("If-None-Match", string.Join(", ", tags))]);
            if (response.Status == 304)
            {
                Revalidated++;
                var tag = response.Headers.ETag.ToString();

                // Responses of one tag can differ in their coding: prefer one that the request could have selected.
                var validated = ofUrl.Where(stored => stored.Response.Headers.ETag.ToString() == tag).OrderByDescending(stored => Matches(stored, headers)).First();
                responses.Remove(validated);
                responses.Add(validated with { FreshUntil = FreshUntil(response) });
                return validated.Response;
            }

            var control = CacheControlHeaderValue.Parse(response.Headers.CacheControl.ToString());
            if (response.Status == 200 && !control.NoStore && response.Headers.Vary.ToString() != "*")
            {
                responses.RemoveAll(stored => stored.Url == url && Matches(stored, headers));
                responses.Add(new Stored(url, headers, response, FreshUntil(response)));
            }

            return response;
        }

        private static bool Matches(Stored stored, (string Name, string Value)[] headers) =>
            stored.Response.Headers.Vary.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(name => Find(stored.Request, name) == Find(headers, name));

        private static string? Find((string Name, string Value)[] headers, string name) =>
            headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

        private DateTimeOffset FreshUntil(HttpExchange response)
        {
            var control = CacheControlHeaderValue.Parse(response.Headers.CacheControl.ToString());
            return control.NoCache ? clock.GetUtcNow() : clock.GetUtcNow() + (control.MaxAge ?? TimeSpan.Zero);
        }

        private sealed record Stored(string Url, (string Name, string Value)[] Request, HttpExchange Response, DateTimeOffset FreshUntil);
    }
}
