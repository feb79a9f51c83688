using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Trace;
using ServiceOffices.FunctionApp;
using ServiceOffices.Web;
using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>Builds the local host: the triggers of the Functions app on Kestrel, with no account, emulator or Core Tools.</summary>
public static class LocalHostApp
{
    private const string DefaultUrl = "http://localhost:7071";

    // Bytes: 32 768 characters, each of which may take three when it is percent-encoded.
    private const int MaxRequestLineBytes = 128 * 1024;

    // Of the embedded store, where no account is stated, and of a generated function key's hash. Git ignores it.
    internal const string FolderSetting = "Storage:Folder";
    internal const string DefaultFolder = ".service-offices";

    /// <summary>Serves until the process is told to stop, and prints what to open.</summary>
    /// <param name="args">Settings as --Name=value.</param>
    /// <returns>The process's exit code: 1 where it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.StartAsync();
            foreach (var address in app.Urls)
            {
                Console.WriteLine(FormatWelcome(address));
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // A wrong setting or a port in use: the message says what to do, a stack trace would hide it.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>The app with the platform's own triggers, not yet started.</summary>
    /// <param name="args">Settings as --Name=value.</param>
    /// <param name="configure">Last changes to the settings and services, for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        Build(args, typeof(LocalHostApp).Assembly.GetTypes(), builder =>
        {
            builder.Services.AddServiceOfficesWeb(builder.Configuration);
            builder.AddTelemetryExport(Settings.Read(builder.Configuration).Telemetry, tracing => tracing.AddAspNetCoreInstrumentation(
                // A browser's name and version can tell people apart, and a path may hold a query: offices/$filter(…).
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
            // A query is as long as OData:MaxQueryLength allows: the platform's own error says so, where Kestrel's says nothing.
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TimerFunctionService>(
            services, (IReadOnlyList<FunctionMethod>)[.. functions.Where(function => function.Timer is not null)]));
        ConfigureLogging(builder.Logging);
        configure(builder);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is not { Length: > 0 } addresses)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
        else if (!addresses.Split(';').All(IsValidAddress))
        {
            throw new InvalidOperationException($"ASPNETCORE_URLS must be addresses to listen at, such as {DefaultUrl}; got '{addresses}'.");
        }

        var app = builder.Build();
        var key = FunctionKey.LoadOrCreate(
            app.Configuration[FunctionKey.SettingName], app.Configuration[FolderSetting]!, out var generatedKey);
        if (generatedKey is not null)
            Console.WriteLine($"The editors' key, shown this once (send it as {RegisterEndpoint.KeyHeader}): {generatedKey}");
        var http = ActivatorUtilities.CreateInstance<HttpFunctionRouter>(app.Services, CreateRoutes(functions, app.Services), key);
        app.Run(http.HandleAsync);
        return app;
    }

    private static bool IsValidAddress(string text)
    {
        try
        {
            BindingAddress.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The HTTP functions' routes in the order in which they are tried.</summary>
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

    private static string FormatWelcome(string address) => $"""

        Service Offices Open Data
          start       {address}/
          OData       {address}/odata/v1/
          download    {address}/downloads/offices.csv
          changes     {address}/feeds/changes.atom
          calendar    {address}/feeds/calendar.ics
          health      {address}/health/ready

        """;
}
