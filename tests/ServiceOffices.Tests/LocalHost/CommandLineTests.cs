using ServiceOffices.LocalHost;
using Spectre.Console;

namespace ServiceOffices.Tests.LocalHost;

/// <summary>The editor's commands, against a running host and on storage of their own.</summary>
public sealed class CommandLineTests(CommandLineTests.EditedHost host) : IClassFixture<CommandLineTests.EditedHost>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("service-offices-");
    private readonly StringWriter told = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        told.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Import_OfAGoodFile_IsPublishedAndEndsWith0()
    {
        var file = await FileAsync("offices.csv", "id,name,locationPrecision\nprovorten,Provorten,none\n");

        Assert.Equal(CommandLine.Done, await RunAsync(isTerminal: true, "import", file, "--url", host.Address, "--key", RunningHost.Key));

        Assert.Contains("1 of 1 offices are as the document has them", Told, StringComparison.Ordinal);
        Assert.Contains("100%", Told, StringComparison.Ordinal);
        Assert.Contains("Provorten", await host.GetAsync("/odata/v1/offices('provorten')"), StringComparison.Ordinal);
        Assert.Equal(CommandLine.Done, await RemoteAsync("import", file));
    }

    [Fact]
    public async Task Validate_OfABadFile_ListsTheProblemsAndEndsWith1()
    {
        var file = await FileAsync("offices.csv", "id,name,municipalityCode\nny,[red],9999\nstoruman,,\n");

        Assert.Equal(CommandLine.Refused, await RemoteAsync("validate", file));

        Assert.Contains("offices, row 2: municipalityCode must be the four digits of a Swedish municipality", Told, StringComparison.Ordinal);
        Assert.Contains("offices, row 3: name must be", Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfAGoodFile_ShowsTheDifferencesAndWritesNothing()
    {
        var file = await FileAsync("offices.csv", "id,name\nstoruman,[red]Storuman[/]\n");

        Assert.Equal(CommandLine.Done, await RemoteAsync("validate", file));

        Assert.Contains("[red]Storuman[/]", Told, StringComparison.Ordinal);
        Assert.DoesNotContain("[red]", await host.GetAsync("/odata/v1/offices('storuman')"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ThenImport_OnStorageOfTheirOwn_IsANoOp()
    {
        var file = Path.Combine(folder.FullName, "register.json");
        var setting = $"--Storage:Folder={Path.Combine(folder.FullName, "store")}";

        Assert.Equal(CommandLine.Done, await RunAsync("export", file, setting));
        Assert.Equal(CommandLine.Done, await RunAsync("import", file, "--mode=replace", setting));
        Assert.Equal(CommandLine.Done, await RunAsync("publish", setting));

        Assert.Contains("Offices: 0 added, 0 changed, 0 removed, 79 as they are.", Told, StringComparison.Ordinal);
        Assert.Contains("Revision 1 says all there is to say.", Told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "no-such-file.csv")]
    [InlineData("publish", "--nonsense")]
    [InlineData("publish", "--url")]
    [InlineData("frobnicate")]
    public async Task Command_ThatIsNone_SaysHowAndEndsWith2(params string[] arguments)
    {
        Assert.True(CommandLine.IsCommand(arguments));
        Assert.Equal(CommandLine.WrongUsage, await RunAsync(arguments));
        Assert.Contains("import FILE", Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithAWrongKeyOrNobodyThere_EndsWith3()
    {
        Assert.Equal(CommandLine.Failed, await RunAsync("publish", "--url", host.Address, "--key", "wrong"));
        Assert.Equal(CommandLine.Failed, await RunAsync("publish", "--url", "http://127.0.0.1:1"));
    }

    [Fact]
    public void Arguments_OfTheHost_AreNoCommand()
    {
        Assert.False(CommandLine.IsCommand([]));
        Assert.False(CommandLine.IsCommand(["--urls=http://127.0.0.1:0"]));
    }

    private string Told => told.ToString();

    private Task<int> RemoteAsync(string command, string file) => RunAsync(command, file, "--url", host.Address, "--key", RunningHost.Key);

    private Task<int> RunAsync(params string[] arguments) => RunAsync(isTerminal: false, arguments);

    private Task<int> RunAsync(bool isTerminal, params string[] arguments)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(told),
        });
        console.Profile.Width = 400;
        return CommandLine.RunAsync(arguments, console, Now);
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text, Now);
        return path;
    }

    public sealed class EditedHost : RunningHost
    {
        public string Address => Client.BaseAddress!.ToString();
    }
}
