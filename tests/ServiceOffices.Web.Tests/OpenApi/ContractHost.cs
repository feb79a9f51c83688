using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.OpenApi;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Testing;
using ServiceOffices.Web.Tests.Editing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>The local host on an embedded store with the seed register published once.</summary>
public sealed partial class ContractHost : IAsyncLifetime
{
    public const string Key = "contract-key";

    private readonly TemporaryFolder folder = new();
    private WebApplication? app;

    /// <summary>The id of an applied import.</summary>
    public string ImportId { get; private set; } = "";

    public HttpClient Client { get; } = new();

    internal TokenIssuer Issuer { get; } = new();

    internal IServiceProvider Services => app!.Services;

    public async ValueTask InitializeAsync()
    {
        // A stopped clock, so that the timer does not refresh during the tests.
        await Issuer.StartAsync();
        app = LocalHostApp.Build(
            ["--urls=http://127.0.0.1:0", $"--LocalHost:FunctionKey={Key}", $"--Storage:Folder={Path.GetDirectoryName(folder.Database)}", "--Editing:MaxFailedKeys=1000000", .. Issuer.Settings],
            builder => builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))));
        await app.StartAsync();
        Client.BaseAddress = new Uri(app.Urls.Single());
        await RefreshAsync();
        using var import = new HttpRequestMessage(HttpMethod.Post, "/register/imports")
        {
            Headers = { { "x-functions-key", Key } },
            Content = new StringContent("id,note\nstoruman,\n", Encoding.UTF8, "text/csv"),
        };
        using var imported = await Client.SendAsync(import);
        ImportId = imported.Headers.Location!.OriginalString.Split('/')[^1];
        await RefreshAsync();
    }

    /// <summary>Refreshes explicitly, because the clock is stopped. Also applies a pending import, which would block another one.</summary>
    private async Task RefreshAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register/refresh") { Headers = { { "x-functions-key", Key } } };
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Adds the credential that the operation requires to a request: a key or a token.</summary>
    public void Authorize(HttpRequestMessage request, OpenApiOperation operation)
    {
        if (operation.Security is [{ Count: > 0 } needed, ..])
        {
            var (name, value) = needed.Keys.Single().Reference.Id == "functionKey" ? ("x-functions-key", Key) : ("Authorization", "Bearer " + Issuer.CreateToken("register.read"));
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>Gets a path with the examples of its parameters.</summary>
    public string Url(string path, OpenApiOperation operation) => Url(path, operation, parameter => parameter.Name is "importId" ? ImportId : parameter.Example!.ToString());

    /// <summary>Gets a path with the given parameter values.</summary>
    internal static string Url(string path, OpenApiOperation operation, Func<IOpenApiParameter, string> valueOf) => Parameter().Replace(
        path, match => valueOf(operation.Parameters!.Single(parameter => parameter.In == ParameterLocation.Path && parameter.Name == match.Groups[1].Value)));

    /// <summary>Makes the row of an office unreadable by changing the storage directly.</summary>
    internal void Damage(string officeId)
    {
        using var connection = folder.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE office SET services = 'not JSON' WHERE id = $id";
        command.Parameters.AddWithValue("$id", officeId);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await Issuer.DisposeAsync();
        folder.Dispose();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
