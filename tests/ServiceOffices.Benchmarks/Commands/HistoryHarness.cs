using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Web;
using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.Benchmarks.Commands;

/// <summary>The whole application on the embedded store, with a history of any length.</summary>
internal sealed class HistoryHarness : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("history").FullName;
    private readonly ServiceProvider services;
    private long edits;

    private HistoryHarness()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Folder"] = folder,
            // Every response is computed, so no cached copy is measured.
            ["OData:CacheBytes"] = "0",
        };
        services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddServiceOfficesWeb(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    /// <summary>Publishes the seed register repeatedly; revisions after the first have only their history.</summary>
    /// <param name="changes">The number of changes in each of those revisions.</param>
    public static async Task<HistoryHarness> OpenAsync(int revisions, int changes)
    {
        var harness = new HistoryHarness();
        await harness.services.GetRequiredService<RegisterRefresh>().RunAsync(CancellationToken.None);
        if (revisions > 1)
        {
            await harness.WriteHistoryAsync(revisions, changes);
        }

        return harness;
    }

    /// <summary>Changes the note of an office and publishes it.</summary>
    public async Task PublishAsync()
    {
        var store = services.GetRequiredService<IRegisterStore>();
        var existing = (await store.ReadAsync("storuman", CancellationToken.None))!;
        var office = existing.Entry.Office with { Note = $"Edit {++edits}" };
        await store.WriteAsync(existing.Entry with { Office = office }, existing.ETag, new Signature("benchmark", DateTimeOffset.UtcNow), CancellationToken.None);
        await services.GetRequiredService<RegisterRefresh>().RunAsync(CancellationToken.None);
    }

    /// <summary>Gets the body of a response with status 200.</summary>
    public async Task<byte[]> GetAsync(string url, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost");
        var query = url.IndexOf('?', StringComparison.Ordinal);
        context.Request.Path = query < 0 ? url : url[..query];
        context.Request.QueryString = query < 0 ? QueryString.Empty : new QueryString(url[query..]);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        var body = new MemoryStream();
        context.Response.Body = body;
        await (url.StartsWith("/feeds/", StringComparison.Ordinal)
            ? services.GetRequiredService<FeedsEndpoint>().HandleAsync(context)
            : services.GetRequiredService<ODataEndpoint>().HandleAsync(context));
        return context.Response.StatusCode == StatusCodes.Status200OK
            ? body.ToArray()
            : throw new InvalidOperationException($"{url}: {context.Response.StatusCode} {System.Text.Encoding.UTF8.GetString(body.ToArray())}");
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WriteHistoryAsync(int revisions, int changesOfEach)
    {
        var store = services.GetRequiredService<IPublicationStore>();
        var current = services.GetRequiredService<CurrentPublication>();
        var first = (await current.LoadLatestAsync(CancellationToken.None))!;
        var entries = first.Pages[0].Entries.ToList();
        var sequence = entries[0].Changes.Count;
        var offices = first.Publication.Register.Offices;
        for (var revision = 2L; revision <= revisions; revision++)
        {
            var at = first.Publication.At.AddSeconds(revision);
            var changes = Enumerable.Range(0, changesOfEach)
                .Select(i => offices[(int)((revision + i) % offices.Count)].Office)
                .Select(office => new Change(++sequence, office.Id, "changed", office.Name, [new PropertyChange("note", $"Edit {sequence - 1}", $"Edit {sequence}")], revision, at))
                .ToArray();
            var record = first.Publication.Record with { Revision = revision, At = at, Reason = PublicationReason.Edit, PreviousRevision = revision - 1, PreviousManifestSha256 = new string('0', 64) };
            entries.Add(new HistoryEntry(record, $"revisions/{revision:D8}-history/", changes));
        }

        var links = new List<HistoryPageLink>();
        foreach (var page in entries.Chunk(HistoryPage.MaxEntries))
        {
            var (from, to) = (page[0].Record.Revision, page[^1].Record.Revision);
            var link = await WriteAsync(store, $"history/{from}.json", new HistoryPage(page), PublishingJsonContext.Instance.HistoryPage);
            links.Add(new HistoryPageLink(from, to, link.Path, link.Sha256));
        }

        var last = entries[^1];
        var manifest = first.Manifest with { Revision = revisions, At = last.Record.At, Reason = PublicationReason.Edit, Folder = last.Folder, Previous = new PreviousManifest(revisions - 1, "", new string('0', 64)), History = links };
        var named = await WriteAsync(store, manifest.Path, manifest, PublishingJsonContext.Instance.Manifest);
        var pointer = JsonSerializer.SerializeToUtf8Bytes(new CurrentPointer(revisions, named), PublishingJsonContext.Instance.CurrentPointer);
        _ = await store.ReplacePointerAsync(pointer, first.ETag, CancellationToken.None) ?? throw new InvalidOperationException("The pointer was not replaced.");
        await current.LoadLatestAsync(CancellationToken.None);
    }

    private static async Task<FileLink> WriteAsync<T>(IPublicationStore store, string path, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        await store.WriteAsync(path, json, PublishingJsonContext.MediaType, CancellationToken.None);
        return new FileLink(path, Convert.ToHexStringLower(SHA256.HashData(json)));
    }
}
