using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Trace;
using ServiceOffices.FunctionApp;
using ServiceOffices.Web;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>Builds the local host: the triggers of the Functions app on Kestrel, with no account, emulator or Core Tools.</summary>
public static class LocalHostApp
{
    private const string DefaultUrl = "http://localhost:7071";
    private const string HostLogCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    // 32 768 characters, each of up to three bytes if percent-encoded, and a margin.
    private const int MaxRequestLineBytes = 128 * 1024;

    // The folder of the embedded store, if no storage account is configured, and of a generated function key's hash. Git ignores it.
    internal const string FolderSetting = "Storage:Folder";
    internal const string DefaultFolder = ".service-offices";

    /// <summary>Prints the URLs and serves until the process is stopped.</summary>
    /// <param name="args">Settings as --Name=value.</param>
    /// <returns>The exit code: 0, or 1 if the app could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await StartAsync(app);
            foreach (var url in app.Urls)
            {
                Console.WriteLine(FormatWelcome(url));
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // An invalid setting or a port in use. The message is sufficient; a stack trace would obscure it.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <exception cref="IOException">A port is in use; the message names a setting that changes it.</exception>
    internal static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new IOException($"{exception.Message.TrimEnd('.')}. Stop the other process, or choose another port, such as --urls=http://localhost:7072.", exception);
        }
    }

    /// <summary>Builds the app with the platform's triggers, without starting it.</summary>
    /// <param name="args">Settings as --Name=value.</param>
    /// <param name="configure">Changes the settings and services, for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        Build(args, typeof(LocalHostApp).Assembly.GetTypes(), builder =>
        {
            builder.Services.AddServiceOfficesWeb(builder.Configuration);
            builder.AddTelemetryExport(Settings.Read(builder.Configuration).Telemetry, tracing => tracing.AddAspNetCoreInstrumentation(
                // The user agent can identify people, and a path may contain a query: offices/$filter(…).
                options => options.EnrichWithHttpResponse = (activity, _) => activity.SetTag("user_agent.original", null).SetTag("url.path", null)));
            configure?.Invoke(builder);
        });

    internal static WebApplication Build(string[] args, IEnumerable<Type> functionTypes, Action<WebApplicationBuilder> configure)
    {
        var functions = FunctionMethod.Discover(functionTypes);
        var builder = WebApplication.CreateSlimBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[FolderSetting]))
        {
            builder.Configuration[FolderSetting] = DefaultFolder;
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Larger than OData:MaxQueryLength allows, so that the platform's error explains the limit; Kestrel's does not.
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;

            // The default of 1 MB per connection is memory that no other limit counts.
            kestrel.Limits.MaxRequestBufferSize = 2 * MaxRequestLineBytes;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TimerFunctionService>(
            services, (IReadOnlyList<FunctionMethod>)[.. functions.Where(function => function.Timer is not null)]));
        ConfigureLogging(builder.Logging);

        // If the start fails, RunAsync prints the message; the host would also log the stack trace.
        var isStarted = false;
        builder.Logging.AddFilter(HostLogCategory, _ => isStarted);
        configure(builder);
        builder.Services.TryAddSingleton(services => ActivatorUtilities.CreateInstance<FailedKeyLimiter>(services, FailedKeyLimiter.DefaultMaxFailures));
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is not { Length: > 0 } urls)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
        else if (!urls.Split(';').All(IsValidUrl))
        {
            throw new InvalidOperationException($"ASPNETCORE_URLS must be one or more URLs separated by semicolons, such as {DefaultUrl}; got '{urls}'.");
        }

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => isStarted = true);
        var key = FunctionKey.LoadOrCreate(
            app.Configuration[FunctionKey.SettingName], app.Configuration[FolderSetting]!, out var generatedKey);
        if (generatedKey is not null)
            Console.WriteLine($"The function key for editors (shown only once; send it as {RegisterEndpoint.KeyHeader}): {generatedKey}");
        var http = ActivatorUtilities.CreateInstance<HttpFunctionRouter>(app.Services, CreateRoutes(functions, app.Services), key);
        app.Run(http.HandleAsync);
        return app;
    }

    private static bool IsValidUrl(string value)
    {
        try
        {
            BindingAddress.Parse(value);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Creates the routes of the HTTP functions in the order in which they are tried.</summary>
    internal static IReadOnlyList<HttpRoute> CreateRoutes(IEnumerable<FunctionMethod> functions, IServiceProvider services)
    {
        var routePrefix = HostJson.ReadRoutePrefix(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var constraints = services.GetRequiredService<IInlineConstraintResolver>();
        return [.. functions.Where(function => function.Http is not null).Select(function => new HttpRoute(function, routePrefix, constraints))];
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }

    private static string FormatWelcome(string url) => $"""

        Service Offices Open Data
          start       {url}/
          OData       {url}/odata/v1/
          download    {url}/downloads/offices.csv
          changes     {url}/feeds/changes.atom
          calendar    {url}/feeds/calendar.ics
          health      {url}/health/ready

        """;
}
