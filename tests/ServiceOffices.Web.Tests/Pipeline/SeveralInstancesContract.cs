using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests that what one instance has published is at once available on another that uses the same storage.</summary>
public abstract class SeveralInstancesContract
{
    private const string ServiceRoot = "http://localhost:7071/odata/v1/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IRegisterStore OpenRegister();

    protected abstract IPublicationStore OpenPublications();

    [Theory]
    [InlineData("/publications/2/manifest.json")]
    [InlineData("/downloads/2/offices.csv")]
    [InlineData("/downloads/2/")]
    public async Task Revision_OfAnotherInstance_IsFoundAtOnce(string path)
    {
        using var instances = await PublishAsync();

        Assert.Equal(StatusCodes.Status200OK, (await instances.Behind.SendAsync(path)).Status);
        Assert.Equal(StatusCodes.Status404NotFound, (await instances.Behind.SendAsync(path.Replace('2', '3'))).Status);
    }

    [Theory]
    [InlineData("1", 200, "1")]
    [InlineData("2", 200, "2")]
    [InlineData("3", 412, null)]
    [InlineData("9223372036854775807", 412, null)]
    [InlineData("0", 400, null)]
    [InlineData("01", 400, null)]
    [InlineData("-1", 400, null)]
    [InlineData("two", 400, null)]
    [InlineData("1, 2", 400, null)]
    public async Task Header_Revision_IsLoadedOrRejected(string value, int status, string? revision)
    {
        using var instances = await PublishAsync();

        var reply = await instances.Behind.SendAsync("/downloads/offices.csv", ("If-Revision-At-Least", value));

        Assert.Equal((status, revision), (reply.Status, (string?)reply.Headers["Publication-Revision"]));
    }

    [Fact]
    public async Task NextLink_OfAnotherInstance_ReturnsNextPageAtOnce()
    {
        using var instances = await PublishAsync();
        var first = await instances.Ahead.ReadAsync("/odata/v1/offices?$orderby=id&$select=id", ("Prefer", "maxpagesize=1"));

        var second = await instances.Behind.ReadAsync(GetPath(first.GetProperty("@nextLink")), ("Prefer", "maxpagesize=1"));

        Assert.Equal(["a"], GetIds(first));
        Assert.Equal(["b"], GetIds(second));
    }

    [Fact]
    public async Task DeltaLink_OfAnotherInstance_ReturnsChangesAtOnce()
    {
        using var instances = await PublishAsync();
        var complete = await instances.Ahead.ReadAsync("/odata/v1/offices?$select=id", ("Prefer", "track-changes"));
        var deltaLink = GetPath(complete.GetProperty("@deltaLink"));

        // The token is of revision 2, which this instance has not loaded; then of revision 3, which it has not loaded either.
        var upToDate = await instances.Behind.ReadAsync(deltaLink);
        await instances.PublishOfficeAsync("c");
        var changes = await instances.Ahead.ReadAsync(deltaLink);
        var afterChanges = await instances.Behind.ReadAsync(GetPath(changes.GetProperty("@deltaLink")));

        Assert.Equal(["a", "b"], GetIds(complete));
        Assert.Empty(GetIds(upToDate));
        Assert.Equal(["c"], GetIds(changes));
        Assert.Empty(GetIds(afterChanges));
    }

    [Fact]
    public async Task RevisionOption_OfAnotherInstance_ReturnsEntitiesAtOnce()
    {
        using var instances = await PublishAsync();

        Assert.Equal(["a", "b"], GetIds(await instances.Behind.ReadAsync("/odata/v1/offices?revision=2&$orderby=id")));
        Assert.Equal(StatusCodes.Status404NotFound, (await instances.Behind.SendAsync("/odata/v1/offices?revision=3")).Status);
    }

    /// <summary>Publishes two revisions, of which the second instance has loaded the first one.</summary>
    private async Task<Instances> PublishAsync()
    {
        Instances instances = new(new Instance(OpenRegister(), OpenPublications()), new Instance(OpenRegister(), OpenPublications()));
        await instances.PublishOfficeAsync("a");
        Assert.Equal(1, (await instances.Behind.Harness.Current.GetAsync(Cancel))!.Revision);
        await instances.PublishOfficeAsync("b");
        return instances;
    }

    private static string GetPath(JsonElement link) => "/odata/v1/" + link.GetString()![ServiceRoot.Length..];

    private static string?[] GetIds(JsonElement content) => [.. content.GetProperty("value").EnumerateArray().Select(office => office.GetProperty("id").GetString())];

    private sealed record Instances(Instance Ahead, Instance Behind) : IDisposable
    {
        public async Task PublishOfficeAsync(string id)
        {
            await Ahead.Harness.PutAsync(SampleEntries.Create(id));
            await Ahead.Harness.RefreshAsync();
        }

        public void Dispose()
        {
            Ahead.Dispose();
            Behind.Dispose();
        }
    }

    private sealed class Instance : IDisposable
    {
        private readonly PublicationTableSource tables;
        private readonly PublicationsEndpoint publications;
        private readonly DownloadsEndpoint downloads;
        private readonly ODataEndpoint odata;

        public Instance(IRegisterStore register, IPublicationStore publicationStore)
        {
            Harness = new PublishingHarness(register, publicationStore, TimeProvider.System);
            tables = new PublicationTableSource(Harness.Current, TimeProvider.System);
            RequestPipeline pipeline = new(NullLogger<RequestPipeline>.Instance, null, Harness.Current);
            PublicUrl url = new();
            publications = new PublicationsEndpoint(pipeline, Harness.Current, url);
            downloads = new DownloadsEndpoint(pipeline, Harness.Current, url);
            ODataService service = new(RegisterModel.Model, new ODataOptions(), tables, TimeProvider.System);
            odata = new ODataEndpoint(pipeline, service, new ReplyCache(1024 * 1024), url, ODataEndpoint.ServiceRootPath);
        }

        public PublishingHarness Harness { get; }

        public Task<HttpExchange> SendAsync(string path, params (string Name, string Value)[] headers) =>
            HttpExchange.SendAsync(path.Split('/')[1] switch { "publications" => publications.HandleAsync, "downloads" => downloads.HandleAsync, _ => odata.HandleAsync }, "GET", headers, path);

        public async Task<JsonElement> ReadAsync(string path, params (string Name, string Value)[] headers)
        {
            var reply = await SendAsync(path, [("OData-MaxVersion", "4.01"), .. headers]);
            Assert.True(reply.Status == StatusCodes.Status200OK, System.Text.Encoding.UTF8.GetString(reply.Body));
            return JsonDocument.Parse(reply.Body).RootElement;
        }

        public void Dispose()
        {
            tables.Dispose();
            Harness.Dispose();
        }
    }
}
