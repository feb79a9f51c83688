using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceOffices.LocalHost.Hosting;

namespace ServiceOffices.Testing.Hosting;

/// <summary>The local host as <c>dotnet run</c> starts it, on a free port and in a temporary folder.</summary>
public class RunningHost : IAsyncLifetime
{
    public const string Key = "a key of the tests";

    private const int MaxSecondsToPublish = 60;

    private readonly TemporaryFolder folder = new();
    private readonly WebApplication app;

    public RunningHost()
        : this([])
    {
    }

    protected RunningHost(string[] settings, TimeProvider? time = null, Action<IServiceCollection>? services = null)
    {
        app = LocalHostApp.Build(
            ["--urls=http://127.0.0.1:0", $"--{FunctionKey.SettingName}={Key}", $"--Storage:Folder={Path.GetDirectoryName(folder.Database)}", .. settings],
            builder =>
            {
                builder.Logging.ClearProviders();
                services?.Invoke(builder.Services);
                if (time is not null)
                {
                    builder.Services.AddSingleton(time);
                }
            });
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(app.Urls.Single());
        await WaitForFirstPublicationAsync();
    }

    // On a busy machine the host may listen before it has published.
    private async Task WaitForFirstPublicationAsync()
    {
        for (var second = 0; second < MaxSecondsToPublish; second++)
        {
            using var response = await SendAsync("HEAD", "/odata/v1/offices");
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<byte[]> GetBytesAsync(string path) => Client.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Publishes the register, as an editor does.</summary>
    public async Task<string> RefreshAsync()
    {
        using var response = await SendAsync("POST", "/register/refresh", ("x-functions-key", Key));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
