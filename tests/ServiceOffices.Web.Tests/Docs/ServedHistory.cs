using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceOffices.Web.Tests.Docs;

/// <summary>A server with a list of publications and their manifests, which a test can alter.</summary>
internal sealed class ServedHistory : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly Dictionary<string, string> documents = new(StringComparer.Ordinal);

    private ServedHistory()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(context =>
        {
            var isKnown = documents.TryGetValue(context.Request.Path.Value!, out var document);
            context.Response.StatusCode = isKnown ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return context.Response.WriteAsync(document ?? "", TestContext.Current.CancellationToken);
        });
    }

    public string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Serves a chain of revisions.</summary>
    public static async Task<ServedHistory> StartAsync(params IReadOnlyList<int> revisions)
    {
        ServedHistory history = new();
        object? previous = null;
        List<object> list = [];
        foreach (var revision in revisions)
        {
            var (url, file) = ($"/downloads/{revision}/offices.csv", $"id,name\ntorsby,Torsby {revision}\n");
            var manifest = JsonSerializer.Serialize(new { revision, reason = revision == 1 ? "first" : "edit", files = new[] { new { url, sha256 = ComputeHash(file) } }, previous });
            var sha256 = ComputeHash(manifest);
            history.documents[url] = file;
            history.documents[$"/publications/{revision}/manifest.json"] = manifest;
            previous = new { revision, sha256 };
            list.Insert(0, previous);
        }

        history.documents["/publications/"] = JsonSerializer.Serialize(new { revision = revisions[^1], publications = list });
        await history.server.StartAsync(TestContext.Current.CancellationToken);
        return history;
    }

    private static string ComputeHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public void Rewrite(string path, string from, string to)
    {
        Assert.Contains(from, documents[path], StringComparison.Ordinal);
        documents[path] = documents[path].Replace(from, to, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
