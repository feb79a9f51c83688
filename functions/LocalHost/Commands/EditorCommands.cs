using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceOffices.Seed;
using ServiceOffices.Web.Endpoints;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>
/// The editor's commands. They call the API of the platform at --url or, without it, of a platform that runs in this process during
/// the command, with the configured storage.
/// </summary>
internal sealed class EditorCommands(string[] settings, IAnsiConsole console, IAnsiConsole errors)
{
    private static readonly JsonSerializerOptions DocumentOptions = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string KeyVariable = "SERVICE_OFFICES_KEY";

    private readonly Argument<string> document = CreateDocumentArgument();
    private readonly Argument<string?> exportFile = new("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "The file to write; the standard output if omitted." };
    private readonly Argument<string> upgradeFile = new("FILE") { Description = "The JSON file to write. Check it with validate, then import it." };
    private readonly Option<string?> mode = new Option<string?>("--mode") { Description = "merge keeps offices that the document lacks, replace removes them." }.AcceptOnlyFromAmong("merge", "replace");
    private readonly Option<string?> delimiter = new Option<string?>("--delimiter") { Description = "The delimiter of a CSV document." }.AcceptOnlyFromAmong("comma", "semicolon");
    private readonly Option<bool> confirm = new("--confirm") { Description = "Allow the import to remove many offices." };
    private readonly Option<string?> url = CreateUrlOption();
    private readonly Option<string?> key = new("--key") { Description = $"The function key. Default: the environment variable {KeyVariable}." };
    private readonly Option<string?> token = new("--token") { Description = "An access token, instead of a key." };

    /// <summary>Creates import, validate, export, upgrade and publish.</summary>
    public IEnumerable<Command> Create() =>
    [
        Create("import", "Imports a document and publishes the result.", ImportAsync, document, mode, delimiter, confirm),
        Create("validate", "Shows what an import would change, without writing anything.", ValidateAsync, document, mode, delimiter, confirm),
        Create("export", "Writes the register as a document that can be imported.", ExportAsync, exportFile),
        Create("upgrade", "Writes an import document with the changes of the current edition of the initial data. Editors' changes are kept.", UpgradeAsync, upgradeFile),
        Create("publish", "Publishes the register's current content.", PublishAsync),
    ];

    private Command Create(string name, string description, Func<RegisterClient, ParseResult, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        Command command = new(name, description);
        foreach (var symbol in (Symbol[])[.. symbols, url, key, token])
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else command.Options.Add((Option)symbol);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(key) is not null && result.GetResult(token) is not null)
            {
                result.AddError("--key and --token exclude each other.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(run, result, cancellationToken));
        return command;
    }

    private static Argument<string> CreateDocumentArgument()
    {
        Argument<string> argument = new("FILE") { Description = "A CSV or JSON document." };
        argument.Validators.Add(result =>
        {
            var file = result.GetValueOrDefault<string>();
            if (!file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"The name of a document must end in .csv or .json; got '{file}'.");
            }
            else if (!File.Exists(file))
            {
                result.AddError($"The file '{file}' does not exist.");
            }
        });
        return argument;
    }

    private static Option<string?> CreateUrlOption()
    {
        Option<string?> option = new("--url") { Description = "The platform's URL, such as https://example.se. Default: a platform in this process, on the storage of the settings." };
        option.Validators.Add(result =>
        {
            var value = result.Tokens is [var single] ? single.Value : "";
            if (!(Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"))
            {
                result.AddError($"--url must be an http or https URL without a path, such as https://example.se; got '{value}'.");
            }
        });
        return option;
    }

    private async Task<int> RunAsync(Func<RegisterClient, ParseResult, CancellationToken, Task<int>> run, ParseResult result, CancellationToken cancellationToken)
    {
        var target = result.GetValue(url);
        await using var localPlatform = target is null ? await LocalPlatform.StartAsync(settings, cancellationToken) : null;
        using HttpClient http = new() { BaseAddress = new Uri(localPlatform?.BaseUrl ?? target!), Timeout = TimeSpan.FromMinutes(10) };
        var root = RegisterEndpoint.KeyRootPath;
        if (result.GetValue(token) is { } accessToken)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
            root = RegisterEndpoint.TokenRootPath;
        }
        else if ((localPlatform?.Key ?? result.GetValue(key) ?? Environment.GetEnvironmentVariable(KeyVariable)) is { Length: > 0 } functionKey)
        {
            http.DefaultRequestHeaders.Add(RegisterEndpoint.KeyHeader, functionKey);
        }

        return await run(new RegisterClient(http, root), result, cancellationToken);
    }

    private async Task<int> ValidateAsync(RegisterClient client, ParseResult result, CancellationToken cancellationToken) =>
        Report(await client.ImportAsync(result.GetRequiredValue(document), FormatQuery(result, dryRun: true), cancellationToken));

    private async Task<int> ImportAsync(RegisterClient client, ParseResult result, CancellationToken cancellationToken)
    {
        var (status, response) = await client.ImportAsync(result.GetRequiredValue(document), FormatQuery(result, dryRun: false), cancellationToken);
        if (status != StatusCodes.Status202Accepted)
        {
            return Report((status, response));
        }

        console.WriteLine($"Import {response["id"]} is accepted. The platform finishes it even if this command is stopped.");
        var progress = await ShowProgressAsync(client, response, cancellationToken);
        var conflicts = progress["conflicts"]!.AsArray();
        console.WriteLine($"Import {progress["id"]}: {progress["applied"]} of {progress["total"]} offices match the document.");
        foreach (var conflict in conflicts)
        {
            console.WriteLine($"  {conflict!["officeId"]} was left unchanged: {conflict["reason"]}");
        }

        var published = await PublishAsync(client, result, cancellationToken);
        return conflicts.Count > 0 ? CommandLineApp.ExitRefused : published;
    }

    private async Task<JsonObject> ShowProgressAsync(RegisterClient client, JsonObject accepted, CancellationToken cancellationToken)
    {
        var progress = accepted;
        await console.Progress().StartAsync(async display =>
        {
            var task = display.AddTask("offices", maxValue: Math.Max(1, accepted["total"]!.GetValue<int>()));
            await foreach (var state in client.WatchProgressAsync(accepted["id"]!.GetValue<string>(), cancellationToken))
            {
                progress = state;
                task.Value = state["done"]!.GetValue<int>();
            }

            task.Value = task.MaxValue;
        });
        return progress;
    }

    private async Task<int> ExportAsync(RegisterClient client, ParseResult result, CancellationToken cancellationToken)
    {
        var (status, content) = await client.ExportAsync(cancellationToken);
        if (status != StatusCodes.Status200OK)
        {
            return Report((status, []));
        }

        if (result.GetValue(exportFile) is not { } file)
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(content, cancellationToken);
        }
        else
        {
            await File.WriteAllBytesAsync(file, content, cancellationToken);
            console.WriteLine($"{content.Length} bytes written to {file}.");
        }

        return CommandLineApp.ExitSuccess;
    }

    private async Task<int> UpgradeAsync(RegisterClient client, ParseResult result, CancellationToken cancellationToken)
    {
        var (status, content) = await client.ExportAsync(cancellationToken);
        if (status != StatusCodes.Status200OK)
        {
            return Report((status, []));
        }

        var upgrade = EditionUpgrade.Create(JsonNode.Parse(content)!.AsObject());
        foreach (var kept in upgrade.Kept)
        {
            console.WriteLine($"Kept as in the register: {kept}");
        }

        if (upgrade.Offices + upgrade.Events == 0)
        {
            console.WriteLine("The register contains all changes of the current edition. No document was written.");
            return CommandLineApp.ExitSuccess;
        }

        var file = result.GetRequiredValue(upgradeFile);
        await File.WriteAllTextAsync(file, upgrade.Document.ToJsonString(DocumentOptions) + "\n", cancellationToken);
        console.WriteLine($"{upgrade.Offices} offices and {upgrade.Events} events written to {file}. Check them with validate, then import them.");
        return CommandLineApp.ExitSuccess;
    }

    private async Task<int> PublishAsync(RegisterClient client, ParseResult result, CancellationToken cancellationToken)
    {
        var (status, response) = await client.PublishAsync(cancellationToken);
        if (status != StatusCodes.Status200OK)
        {
            return Report((status, response));
        }

        console.WriteLine(response["changed"]!.GetValue<bool>() ? $"Revision {response["revision"]} is published." : $"Nothing to publish: revision {response["revision"]} is up to date.");
        return CommandLineApp.ExitSuccess;
    }

    private int Report((int Status, JsonObject Body) response)
    {
        if (response.Body["detail"]?.GetValue<string>() is { } detail)
        {
            errors.WriteLine(detail);
        }
        else if (response.Status >= StatusCodes.Status400BadRequest)
        {
            errors.WriteLine($"The platform returned {response.Status} {(HttpStatusCode)response.Status}.");
        }

        new CommandReport(console).Write(response.Body);
        return response.Status switch
        {
            < StatusCodes.Status400BadRequest => CommandLineApp.ExitSuccess,
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or >= StatusCodes.Status500InternalServerError => CommandLineApp.ExitFailed,
            _ => CommandLineApp.ExitRefused,
        };
    }

    // The options of an import in the form of the API's query string.
    private string FormatQuery(ParseResult result, bool dryRun)
    {
        List<string> query = [];
        if (result.GetValue(mode) is { } modeValue)
        {
            query.Add("mode=" + modeValue);
        }

        if (result.GetValue(delimiter) is { } delimiterValue)
        {
            query.Add("delimiter=" + delimiterValue);
        }

        if (result.GetValue(confirm))
        {
            query.Add("confirm=true");
        }

        if (dryRun)
        {
            query.Add("dryRun=true");
        }

        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }

    /// <summary>A platform in this process, on a free port of the loopback interface.</summary>
    private sealed class LocalPlatform(WebApplication app, string key) : IAsyncDisposable
    {
        public string BaseUrl => app.Urls.Single();

        public string Key => key;

        public static async Task<LocalPlatform> StartAsync(string[] settings, CancellationToken cancellationToken)
        {
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            var app = LocalHostApp.Build(
                ["--urls=http://127.0.0.1:0", .. settings, $"--{FunctionKey.SettingName}={key}"], builder => builder.Logging.ClearProviders());
            await app.StartAsync(cancellationToken);
            return new LocalPlatform(app, key);
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
