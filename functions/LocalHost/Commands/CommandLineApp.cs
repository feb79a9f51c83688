using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ServiceOffices.Web.Endpoints;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>
/// The editor's commands. They speak to a platform through its own API: to the one at --url, else to one that runs in this
/// process for as long as the command takes, on the storage that the settings name.
/// </summary>
public static class CommandLineApp
{
    /// <summary>Done, and whatever was asked for is so.</summary>
    public const int ExitSuccess = 0;

    /// <summary>The document has problems or was refused, or offices were left alone because somebody else had changed them.</summary>
    public const int ExitRefused = 1;

    /// <summary>The command is not one.</summary>
    public const int ExitUsage = 2;

    /// <summary>The platform cannot be reached, refuses the credential, or failed.</summary>
    public const int ExitFailed = 3;

    /// <summary>Stopped before its end: what a shell takes for Ctrl-C.</summary>
    public const int ExitCanceled = 128 + 2;

    // Characters; a report's longest message is far below.
    private const int MaxLineWidth = 10_000;

    private const string KeyVariable = "SERVICE_OFFICES_KEY";

    private const string Usage = """
        import FILE    takes a document in; --mode merge|replace, --confirm, --delimiter comma|semicolon
        validate FILE  says what that would do, and writes nothing
        export [FILE]  writes the register as a document, to the file or to the terminal
        publish        publishes what the register holds now

        load           fills the register of a new deployment with the starting data; restore REVISION makes it say again
                       what that revision said. Both work on the storage of the settings: docs/operations.md

        --url ADDRESS  the platform, such as https://example.se; left out: the storage of this machine's settings
        --key KEY      the function key, or SERVICE_OFFICES_KEY in the environment; --token TOKEN: an access token
        --Name=value   a setting, such as --Storage:Folder=data

        Exit codes: 0 done, 1 refused or with problems, 2 wrong usage, 3 not reachable or failed, 130 stopped by Ctrl-C.
        """;

    private static readonly string[] KnownCommands = ["import", "validate", "export", "publish", "help", "--help"];

    /// <summary>Whether these arguments are a command, and not settings to serve with.</summary>
    public static bool IsCommand(string[] args) => args is [var first, ..] && (KnownCommands.Contains(first) || !first.StartsWith('-'));

    /// <summary>Runs a command.</summary>
    /// <param name="args">The command and what belongs to it.</param>
    /// <param name="console">Where it says what it was asked for; null for the standard output.</param>
    /// <param name="errors">Where it says why it does not, so that a pipe gets nothing else than the output; null for the standard error.</param>
    /// <param name="cancellationToken">Stops the command; what the platform has accepted is finished all the same.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, IAnsiConsole? console = null, IAnsiConsole? errors = null, CancellationToken cancellationToken = default)
    {
        console ??= CreateConsole(Console.Out);
        errors ??= CreateConsole(Console.Error);
        try
        {
            if (args is ["help" or "--help", ..])
            {
                console.WriteLine(Usage);
                return ExitSuccess;
            }

            if (!KnownCommands.Contains(args[0]))
            {
                throw new FormatException($"'{args[0]}' is no command.");
            }

            var options = CommandOptions.Parse(args[1..]);
            options.Validate(args[0]);
            return await RunAsync(args[0], options, console, errors, cancellationToken);
        }
        catch (FormatException usageError)
        {
            errors.WriteLine($"{usageError.Message}\n\n{Usage}");
            return ExitUsage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            errors.WriteLine("Stopped.");
            return ExitCanceled;
        }
        catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException or IOException or UnauthorizedAccessException or TaskCanceledException)
        {
            errors.WriteLine(failure.Message);
            return ExitFailed;
        }
    }

    // A pipe has no width: a line in it is a line of the report.
    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = MaxLineWidth;
        }

        return console;
    }

    private static async Task<int> RunAsync(string command, CommandOptions options, IAnsiConsole console, IAnsiConsole errors, CancellationToken cancellationToken)
    {
        await using var localPlatform = options.Url is null ? await StartLocalPlatformAsync(options, cancellationToken) : null;
        using HttpClient http = new() { BaseAddress = new Uri(localPlatform?.BaseUrl ?? options.Url!), Timeout = TimeSpan.FromMinutes(10) };
        var root = RegisterEndpoint.KeyRootPath;
        if (options.Values.TryGetValue("--token", out var token))
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            root = RegisterEndpoint.TokenRootPath;
        }
        else if ((localPlatform?.Key ?? options.Values.GetValueOrDefault("--key") ?? Environment.GetEnvironmentVariable(KeyVariable)) is { Length: > 0 } key)
        {
            http.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        RegisterClient client = new(http, root);
        return command switch
        {
            "validate" => ReportResponse(await client.ImportAsync(options.File!, options.ToQueryString(dryRun: true), cancellationToken), console, errors),
            "import" => await ImportAsync(client, options, console, errors, cancellationToken),
            "export" => await ExportAsync(client, options.File, console, errors, cancellationToken),
            _ => await PublishAsync(client, console, errors, cancellationToken),
        };
    }

    private static async Task<int> ImportAsync(RegisterClient client, CommandOptions options, IAnsiConsole console, IAnsiConsole errors, CancellationToken cancellationToken)
    {
        var (status, response) = await client.ImportAsync(options.File!, options.ToQueryString(dryRun: false), cancellationToken);
        if (status != StatusCodes.Status202Accepted)
        {
            return ReportResponse((status, response), console, errors);
        }

        console.WriteLine($"Import {response["id"]} is accepted: the platform finishes it, whatever becomes of this command.");
        JsonObject progressState = response;
        await console.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask("offices", maxValue: Math.Max(1, response["total"]!.GetValue<int>()));
            await foreach (var state in client.WatchProgressAsync(response["id"]!.GetValue<string>(), cancellationToken))
            {
                progressState = state;
                task.Value = state["done"]!.GetValue<int>();
            }

            task.Value = task.MaxValue;
        });
        var conflicts = progressState["conflicts"]!.AsArray();
        console.WriteLine($"Import {progressState["id"]}: {progressState["applied"]} of {progressState["total"]} offices are as the document has them.");
        foreach (var conflict in conflicts)
        {
            console.WriteLine($"  {conflict!["officeId"]} was left alone: {conflict["reason"]}");
        }

        var published = await PublishAsync(client, console, errors, cancellationToken);
        return conflicts.Count > 0 ? ExitRefused : published;
    }

    private static async Task<int> ExportAsync(RegisterClient client, string? file, IAnsiConsole console, IAnsiConsole errors, CancellationToken cancellationToken)
    {
        var (status, content) = await client.ExportAsync(cancellationToken);
        if (status != StatusCodes.Status200OK)
        {
            return ReportResponse((status, []), console, errors);
        }

        if (file is null)
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(content, cancellationToken);
        }
        else
        {
            await File.WriteAllBytesAsync(file, content, cancellationToken);
            console.WriteLine($"{content.Length} bytes are in {file}.");
        }

        return ExitSuccess;
    }

    private static async Task<int> PublishAsync(RegisterClient client, IAnsiConsole console, IAnsiConsole errors, CancellationToken cancellationToken)
    {
        var (status, response) = await client.PublishAsync(cancellationToken);
        if (status != StatusCodes.Status200OK)
        {
            return ReportResponse((status, response), console, errors);
        }

        console.WriteLine(response["changed"]!.GetValue<bool>() ? $"Revision {response["revision"]} is published." : $"Revision {response["revision"]} says all there is to say.");
        return ExitSuccess;
    }

    private static int ReportResponse((int Status, JsonObject Body) response, IAnsiConsole console, IAnsiConsole errors)
    {
        if (response.Body["detail"]?.GetValue<string>() is { } detail)
        {
            errors.WriteLine(detail);
        }
        else if (response.Status >= StatusCodes.Status400BadRequest)
        {
            errors.WriteLine($"The platform answered {response.Status} {(HttpStatusCode)response.Status}.");
        }

        new CommandReport(console).Write(response.Body);
        return response.Status switch
        {
            < StatusCodes.Status400BadRequest => ExitSuccess,
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or >= StatusCodes.Status500InternalServerError => ExitFailed,
            _ => ExitRefused,
        };
    }

    private static async Task<LocalPlatform> StartLocalPlatformAsync(CommandOptions options, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var app = LocalHostApp.Build(
            ["--urls=http://127.0.0.1:0", .. options.Settings, $"--{FunctionKey.SettingName}={key}"], builder => builder.Logging.ClearProviders());
        await app.StartAsync(cancellationToken);
        return new LocalPlatform(app, key);
    }

    private sealed class LocalPlatform(WebApplication app, string key) : IAsyncDisposable
    {
        public string BaseUrl => app.Urls.Single();

        public string Key => key;

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
