using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Commands;

/// <summary>Parses and runs the commands of this program. Without a command, the program serves.</summary>
public static class CommandLineApp
{
    /// <summary>The command did what was requested.</summary>
    public const int ExitSuccess = 0;

    /// <summary>The document has problems or was refused, or offices were left unchanged because of concurrent changes.</summary>
    public const int ExitRefused = 1;

    /// <summary>The arguments are wrong; nothing was done.</summary>
    public const int ExitUsage = 2;

    /// <summary>The platform cannot be reached, refuses the credential, or failed.</summary>
    public const int ExitFailed = 3;

    /// <summary>The command was stopped by Ctrl-C (128 + SIGINT, as in shells).</summary>
    public const int ExitCanceled = 128 + 2;

    // Characters; longer than any line of a report.
    private const int MaxLineWidth = 10_000;

    private const string Description =
        "The open-data platform for Sweden's service offices. Without a command it serves on http://localhost:7071.\n"
        + "Exit codes: 0 success, 1 refused or with problems, 2 wrong usage, 3 unreachable or failed, 130 stopped by Ctrl-C.";

    private static readonly string[] InformationOptions = ["--help", "-h", "-?", "--version"];

    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Determines whether the arguments are a command, help or version, and not settings of the server.</summary>
    public static bool IsCommand(string[] args) => args is [var first, ..] && (InformationOptions.Contains(first) || !first.StartsWith('-'));

    /// <summary>Runs a command.</summary>
    /// <param name="args">The command with its arguments and options.</param>
    /// <param name="console">Receives results; null for the standard output.</param>
    /// <param name="errors">Receives errors, so that a pipe receives only results; null for the standard error.</param>
    /// <param name="cancellationToken">Stops the command; the platform still finishes an import that it has accepted.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, IAnsiConsole? console = null, IAnsiConsole? errors = null, CancellationToken cancellationToken = default)
    {
        console ??= CreateConsole(Console.Out);
        errors ??= CreateConsole(Console.Error);
        // Settings of the platform can occur anywhere as --Section:Name=value; they are not declared options.
        string[] settings = [.. args.Where(IsSetting)];
        string[] rest = [.. args.Where(argument => !IsSetting(argument))];
        var result = CreateRootCommand(settings, console, errors).Parse(rest is ["help", .. var topic] ? [.. topic, "--help"] : rest, Parser);
        result.InvocationConfiguration.EnableDefaultExceptionHandler = false;
        result.InvocationConfiguration.ProcessTerminationTimeout = null;
        result.InvocationConfiguration.Output = console.Profile.Out.Writer;
        if (!IsInformation(result) && FindErrors(result) is [_, ..] problems)
        {
            return WriteUsage(result, problems, errors);
        }

        try
        {
            return await result.InvokeAsync(cancellationToken: cancellationToken);
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

    private static RootCommand CreateRootCommand(string[] settings, IAnsiConsole console, IAnsiConsole errors)
    {
        RootCommand root = new(Description);
        root.Directives.Clear();
        foreach (var command in new EditorCommands(settings, console, errors).Create().Concat(new OperatorCommands(settings, console, errors).Create()))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    // Help and version are the only options whose action differs from that of their command.
    private static bool IsInformation(ParseResult result) => result.Action is HelpAction || result.GetResult("--version") is OptionResult { Implicit: false };

    private static List<string> FindErrors(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (command is RootCommand)
        {
            return [$"'{result.Tokens[0].Value}' is not a command."];
        }

        // The parser treats an unknown option as the value of an argument.
        return result.CommandResult.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown
            ? [$"'{unknown.Value}' is not an option of {command.Name}."]
            : [.. result.Errors.Select(error => error.Message)];
    }

    private static bool IsSetting(string argument) => argument.Contains('=', StringComparison.Ordinal) && argument is ['-', '-', >= 'A' and <= 'Z', ..];

    private static int WriteUsage(ParseResult result, List<string> problems, IAnsiConsole errors)
    {
        problems.ForEach(errors.WriteLine);
        errors.WriteLine();
        result.InvocationConfiguration.Output = errors.Profile.Out.Writer;
        new HelpAction().Invoke(result);
        return ExitUsage;
    }

    // A pipe has no width, so lines are not wrapped.
    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = MaxLineWidth;
        }

        return console;
    }
}
