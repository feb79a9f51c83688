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

/// <summary>The local host on an embedded store with the starting register published once.</summary>
public sealed partial class ContractHost : IAsyncLifetime
{
    public const string Key = "contract-key";

    private readonly TemporaryFolder folder = new();
    private WebApplication? app;

    /// <summary>An import that is applied.</summary>
    public string ImportId { get; private set; } = "";

    public HttpClient Client { get; } = new();

    internal TokenIssuer Issuer { get; } = new();

    internal IServiceProvider Services => app!.Services;

    public async ValueTask InitializeAsync()
    {
        // A clock that stands still: the timer must not refresh beside the tests.
        await Issuer.StartAsync();
        app = LocalHostApp.Build(
            ["--urls=http://127.0.0.1:0", $"--LocalHost:FunctionKey={Key}", $"--Storage:Folder={Path.GetDirectoryName(folder.Database)}", .. Issuer.Settings],
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

    /// <summary>By hand, for the clock stands still. A refresh also applies the import: while one is pending, another is refused.</summary>
    private async Task RefreshAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register/refresh") { Headers = { { "x-functions-key", Key } } };
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Gives a request what the operation asks for: a key, or a token.</summary>
    public void Authorize(HttpRequestMessage request, OpenApiOperation operation)
    {
        if (operation.Security is [{ Count: > 0 } needed, ..])
        {
            var (name, value) = needed.Keys.Single().Reference.Id == "functionKey" ? ("x-functions-key", Key) : ("Authorization", "Bearer " + Issuer.CreateToken("register.read"));
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>A path with its parameters filled by their examples.</summary>
    public string Url(string path, OpenApiOperation operation) => Url(path, operation, parameter => parameter.Name is "importId" ? ImportId : parameter.Example!.ToString());

    /// <summary>A path with its parameters filled.</summary>
    internal static string Url(string path, OpenApiOperation operation, Func<IOpenApiParameter, string> valueOf) => Parameter().Replace(
        path, match => valueOf(operation.Parameters!.Single(parameter => parameter.In == ParameterLocation.Path && parameter.Name == match.Groups[1].Value)));

    /// <summary>Makes an office's row one that cannot be read, as only somebody beside the platform can.</summary>
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
