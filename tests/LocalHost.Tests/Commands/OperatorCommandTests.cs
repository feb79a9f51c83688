using ServiceOffices.LocalHost.Commands;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Commands;

public sealed class OperatorCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Load_NewDeployment_PublishesSeedOnce()
    {
        Assert.Equal((0, "79 offices written.\nRevision 1 is published.\n", ""), await RunAsync("load"));
        Assert.Equal((0, "Nothing to write: the register has been loaded.\nRevision 1 says so already.\n", ""), await RunAsync("load"));
    }

    [Fact]
    public async Task Restore_Revision_ReportsResult()
    {
        await RunAsync("load");

        Assert.Equal((0, "0 offices written, 0 removed, 79 as they were.\nRevision 1 says so already.\n", ""), await RunAsync("restore", "1"));
        Assert.Equal((1, "", "There is no revision 2; nothing was written.\n"), await RunAsync("restore", "2"));
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("restore", "first")]
    [InlineData("restore", "-1")]
    [InlineData("load", "1")]
    public async Task Command_WrongArguments_ShowsUsage(params string[] words)
    {
        var (code, output, errors) = await RunAsync(words);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("restore REVISION", errors, StringComparison.Ordinal);
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
    public void Arguments_Parsed_FindCommandOrNone(bool isCommand, params string[] args) => Assert.Equal(isCommand, OperatorCommand.CanHandle(args));

    public void Dispose() => folder.Dispose();

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await OperatorCommand.RunAsync([.. args, $"--Storage:Folder={folder.Path}"], output, errors, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
