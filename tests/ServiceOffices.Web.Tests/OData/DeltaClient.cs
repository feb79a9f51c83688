using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>A client that reads a query once and then updates its copy by delta links only.</summary>
internal sealed class DeltaClient(ODataService service, string query, string key)
{
    public const string Root = "http://localhost/odata/v1/";

    private string? deltaLink;

    /// <summary>The entities by key, each as JSON.</summary>
    public SortedDictionary<string, string> Copy { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the whole set, page by page.</summary>
    public async Task StartAsync()
    {
        var next = Root + query;
        while (next is not null)
        {
            var page = await GetAsync(next, "track-changes,maxpagesize=20");
            Apply(page);
            next = Link(page, "@nextLink");
            deltaLink = Link(page, "@deltaLink");
        }
    }

    /// <summary>Follows the delta link and its next links to the end.</summary>
    /// <returns>The number of changes.</returns>
    public async Task<int> FollowAsync()
    {
        var changes = 0;
        var next = deltaLink;
        while (next is not null)
        {
            var page = await GetAsync(next, "maxpagesize=7");
            changes += Apply(page);
            next = Link(page, "@nextLink");
            deltaLink = Link(page, "@deltaLink") ?? deltaLink;
        }

        return changes;
    }

    /// <summary>Reads the query as a new client.</summary>
    public async Task<SortedDictionary<string, string>> ReadAgainAsync()
    {
        var fresh = new DeltaClient(service, query, key);
        fresh.Apply(await GetAsync(Root + query, ""));
        return fresh.Copy;
    }

    public async Task<JsonElement> GetAsync(string url, string prefer)
    {
        var split = url.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString((split < 0 ? url : url[..split])[Root.Length..]);
        var response = await service.HandleAsync(
            new ODataRequest(
                "GET",
                path,
                split < 0 ? "" : url[(split + 1)..],
                name => name == "Prefer" ? prefer : name == "OData-MaxVersion" ? "4.01" : null,
                new Uri(Root)),
            TestContext.Current.CancellationToken);
        Assert.True(response.Status == 200, $"{url}: {response.Status} {Encoding.UTF8.GetString(response.Body.Span)}");
        return JsonDocument.Parse(response.Body).RootElement;
    }

    private static string? Link(JsonElement page, string name) => page.TryGetProperty(name, out var link) ? link.GetString() : null;

    private int Apply(JsonElement page)
    {
        var items = page.GetProperty("value").EnumerateArray().ToList();
        foreach (var item in items)
        {
            if (item.TryGetProperty("@removed", out var removed))
            {
                Assert.Contains(removed.GetProperty("reason").GetString(), (string[])["changed", "deleted"]);
                var id = item.GetProperty("@id").GetString()!;
                Assert.True(Copy.Remove(Uri.UnescapeDataString(id.Split('\'')[1])), $"{id} was removed but did not exist.");
            }
            else
            {
                Copy[item.GetProperty(key).GetString()!] = item.GetRawText();
            }
        }

        return items.Count;
    }
}
