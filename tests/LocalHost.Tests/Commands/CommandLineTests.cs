using ServiceOffices.LocalHost.Commands;
using ServiceOffices.Testing.Hosting;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Tests.Commands;

/// <summary>Tests the commands of the editor, against a running host and on separate storage.</summary>
public sealed class CommandLineTests(CommandLineTests.EditableHost host) : IClassFixture<CommandLineTests.EditableHost>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("service-offices-");
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Import_ValidFile_IsPublishedAndExits0()
    {
        var file = await FileAsync("offices.csv", "id,name,locationPrecision\nprovorten,Provorten,none\n");

        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync(isTerminal: true, "import", file, "--url", host.Address, "--key", RunningHost.Key));

        Assert.Contains("1 of 1 offices match the document", Output, StringComparison.Ordinal);
        Assert.Contains("100%", Output, StringComparison.Ordinal);
        Assert.Contains("Provorten", await host.GetAsync("/odata/v1/offices('provorten')"), StringComparison.Ordinal);
        Assert.Equal(CommandLineApp.ExitSuccess, await RemoteAsync("import", file));
    }

    [Fact]
    public async Task Validate_InvalidFile_ListsProblemsAndExits1()
    {
        var file = await FileAsync("offices.csv", "id,name,municipalityCode\nny,[red],9999\nstoruman,,\n");

        Assert.Equal(CommandLineApp.ExitRefused, await RemoteAsync("validate", file));

        Assert.Contains("offices, row 2: municipalityCode must be the four digits of a Swedish municipality", Output, StringComparison.Ordinal);
        Assert.Contains("offices, row 3: name must be", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_ValidFile_ShowsDifferencesAndWritesNothing()
    {
        var file = await FileAsync("offices.csv", "id,name\nstoruman,[red]Storuman[/]\n");

        Assert.Equal(CommandLineApp.ExitSuccess, await RemoteAsync("validate", file));

        Assert.Contains("[red]Storuman[/]", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[red]", await host.GetAsync("/odata/v1/offices('storuman')"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ThenImportOnSeparateStorage_ChangesNothing()
    {
        var file = Path.Combine(folder.FullName, "register.json");
        var setting = $"--Storage:Folder={Path.Combine(folder.FullName, "store")}";

        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync("export", file, setting));
        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync("import", file, "--mode=replace", setting));
        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync("publish", setting));

        Assert.Contains("Offices: 0 added, 0 changed, 0 removed, 104 unchanged.", Output, StringComparison.Ordinal);
        Assert.Contains("Nothing to publish: revision 1 is up to date.", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Required argument 'FILE' missing for command: 'import'.", "import")]
    [InlineData("The file 'no-such-file.csv' does not exist.", "import", "no-such-file.csv")]
    [InlineData("must end in .csv or .json; got 'offices.xlsx'.", "validate", "offices.xlsx")]
    [InlineData("Unrecognized command or argument 'x'.", "publish", "x", "--key", "hemlig")]
    [InlineData("'--mode' is not an option of export.", "export", "--mode", "replace")]
    [InlineData("Argument 'merg' not recognized. Must be one of:", "validate", "no-such-file.csv", "--mode", "merg")]
    [InlineData("Unrecognized command or argument '--nonsense'.", "publish", "--nonsense")]
    [InlineData("Required argument missing for option: '--url'.", "publish", "--url")]
    [InlineData("--url must be an http or https URL without a path, such as https://example.se; got 'ftp://example.se'.", "publish", "--url", "ftp://example.se")]
    [InlineData("got 'https://example.se/odata'.", "publish", "--url", "https://example.se/odata")]
    [InlineData("--key and --token exclude each other.", "publish", "--key", "hemlig", "--token", "hemlig")]
    [InlineData("'frobnicate' is not a command.", "frobnicate", "--key", "hemlig")]
    public async Task Command_WrongArguments_ShowsUsageAndExits2(string message, params string[] arguments)
    {
        Assert.True(CommandLineApp.IsCommand(arguments));
        Assert.Equal(CommandLineApp.ExitUsage, await RunAsync(arguments));
        Assert.Contains(message, Errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hemlig", Errors, StringComparison.Ordinal);
        Assert.Empty(Output);
    }

    [Theory]
    [InlineData("import <FILE>", "--help")]
    [InlineData("import <FILE>", "-h")]
    [InlineData("import <FILE>", "help")]
    [InlineData("--delimiter", "import", "--help")]
    [InlineData("--delimiter", "help", "import")]
    public async Task Help_AnyForm_IsWrittenToOutput(string expected, params string[] arguments)
    {
        Assert.True(CommandLineApp.IsCommand(arguments));
        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync(arguments));

        Assert.Contains(expected, Output, StringComparison.Ordinal);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Version_Option_IsWrittenToOutput()
    {
        Assert.True(CommandLineApp.IsCommand(["--version"]));
        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync("--version"));

        Assert.Matches(@"^\d+\.\d+\.\d+", Output);
    }

    [Fact]
    public async Task Command_WrongKeyOrNoService_Exits3()
    {
        Assert.Equal(CommandLineApp.ExitFailed, await RunAsync("publish", "--url", host.Address, "--key", "wrong"));
        Assert.Equal(CommandLineApp.ExitFailed, await RunAsync("publish", "--url", "http://127.0.0.1:1"));
    }

    [Fact]
    public async Task Export_Fails_WritesNothingToStandardOutput()
    {
        Assert.Equal(CommandLineApp.ExitFailed, await RunAsync("export", "--url", host.Address, "--key", "wrong"));

        Assert.Equal(("", "The platform returned 401 Unauthorized."), (Output, Errors.Trim()));
    }

    [Fact]
    public async Task Export_ToFolder_Exits3()
    {
        Assert.Equal(CommandLineApp.ExitFailed, await RunAsync("export", folder.FullName, "--url", host.Address, "--key", RunningHost.Key));

        Assert.Contains(folder.FullName, Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_CancelledAfterAcceptance_NamesImportAndExits130()
    {
        var file = await FileAsync("offices.csv", "id,name,locationPrecision\nstoppat,Stoppat,none\n");
        using CancellationTokenSource stop = new();
        using CancellingWriter writer = new(stop);

        Assert.Equal(
            CommandLineApp.ExitCanceled,
            await CommandLineApp.RunAsync(["import", file, "--url", host.Address, "--key", RunningHost.Key], Console(writer, isTerminal: true), Console(errors, isTerminal: false), stop.Token));

        Assert.Contains("is accepted. The platform finishes it", writer.ToString(), StringComparison.Ordinal);
        Assert.Equal("Stopped.", Errors.Trim());
        await host.RefreshAsync();
        Assert.Contains("Stoppat", await host.GetAsync("/odata/v1/offices('stoppat')"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_RemovesManyOffices_AsksForConfirmation()
    {
        var file = await FileAsync("register.json", """{"offices": [], "events": []}""");

        Assert.Equal(CommandLineApp.ExitSuccess, await RunAsync("validate", file, "--mode", "replace", "--url", host.Address, "--key", RunningHost.Key));

        Assert.Contains("Repeat with --confirm to allow it.", Output, StringComparison.Ordinal);
        Assert.Equal(CommandLineApp.ExitRefused, await RunAsync("import", file, "--mode", "replace", "--url", host.Address, "--key", RunningHost.Key));
        Assert.Contains("Repeat with confirm=true to allow it.", Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_HostSettings_AreNoCommand()
    {
        Assert.False(CommandLineApp.IsCommand([]));
        Assert.False(CommandLineApp.IsCommand(["--urls=http://127.0.0.1:0"]));
    }

    private string Output => output.ToString();

    private string Errors => errors.ToString();

    private Task<int> RemoteAsync(string command, string file) => RunAsync(command, file, "--url", host.Address, "--key", RunningHost.Key);

    private Task<int> RunAsync(params string[] arguments) => RunAsync(isTerminal: false, arguments);

    private Task<int> RunAsync(bool isTerminal, params string[] arguments) =>
        CommandLineApp.RunAsync(arguments, Console(output, isTerminal), Console(errors, isTerminal), Now);

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 400;
        return console;
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text, Now);
        return path;
    }

    /// <summary>Cancels, as Ctrl-C does, when the import is accepted.</summary>
    private sealed class CancellingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (ToString().Contains("is accepted", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }

    public sealed class EditableHost : RunningHost
    {
        public string Address => Client.BaseAddress!.ToString();
    }
}
