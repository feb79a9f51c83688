using ServiceOffices.LocalHost.Commands;
using ServiceOffices.Testing;
using Spectre.Console;

namespace ServiceOffices.LocalHost.Tests.Commands;

/// <summary>Tests the commands of the operator, each on its own storage.</summary>
public sealed class OperatorCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Load_NewDeployment_PublishesSeedOnce()
    {
        Assert.Equal((0, "104 offices written.\nRevision 1 is published.\n", ""), await RunAsync("load"));
        Assert.Equal((0, "Nothing to write: the register has been loaded.\nNothing to publish: revision 1 is up to date.\n", ""), await RunAsync("load"));
    }

    [Fact]
    public async Task Restore_Revision_ReportsResult()
    {
        await RunAsync("load");

        Assert.Equal((0, "0 offices written, 0 removed, 104 unchanged.\nNothing to publish: revision 1 is up to date.\n", ""), await RunAsync("restore", "1"));
        Assert.Equal((1, "", "Revision 2 does not exist; nothing was written.\n"), await RunAsync("restore", "2"));
    }

    [Theory]
    [InlineData("Required argument 'REVISION' missing for command: 'restore'.", "restore")]
    [InlineData("REVISION must be a whole number from 1.", "restore", "first")]
    [InlineData("REVISION must be a whole number from 1.", "restore", "0")]
    [InlineData("Unrecognized command or argument '-1'.", "restore", "1", "-1")]
    [InlineData("Unrecognized command or argument '--dryRun'.", "restore", "1", "--dryRun")]
    [InlineData("'--dryRun' is not an option of restore.", "restore", "--dryRun", "1")]
    [InlineData("Unrecognized command or argument '1'.", "load", "1")]
    public async Task Command_WrongArguments_ShowsUsageAndWritesNothing(string message, params string[] args)
    {
        await RunAsync("load");

        var (code, output, errors) = await RunAsync(args);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public async Task Restore_WithHelp_WritesNothing(string option)
    {
        await RunAsync("load");

        var (code, output, _) = await RunAsync("restore", "1", option);

        Assert.Equal(0, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("offices written", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_InvalidSetting_ErrorNamesSetting()
    {
        var (code, output, errors) = await RunAsync("load", "--Storage:TableEndpoint=nowhere");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("Storage:TableEndpoint must be an absolute http or https URL; got 'nowhere'.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "load")]
    [InlineData(true, "restore", "1")]
    [InlineData(false)]
    [InlineData(false, "--urls=http://127.0.0.1:0")]
    public void Arguments_Parsed_FindCommandOrNone(bool isCommand, params string[] args) => Assert.Equal(isCommand, CommandLineApp.IsCommand(args));

    public void Dispose() => folder.Dispose();

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLineApp.RunAsync([.. args, $"--Storage:Folder={folder.Path}"], CreateConsole(output), CreateConsole(errors), TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 400;
        return console;
    }
}
