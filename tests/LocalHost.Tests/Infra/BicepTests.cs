using System.Text.Json;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>Tests that the compiler reports nothing, because it reports type errors as warnings with exit code 0.</summary>
public sealed class BicepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--pattern", "*.bicep")]
    [InlineData("main.bicepparam")]
    public async Task Lint_EveryFile_HasNoFindings(params string[] files)
    {
        BicepCompiler.SkipUnlessAvailable();

        var lint = await BicepCompiler.RunAsync(Cancel, ["lint", .. files]);

        Assert.Equal((0, "", ""), lint);
    }

    [Fact]
    public async Task Format_EveryFile_IsFormatted()
    {
        BicepCompiler.SkipUnlessAvailable();
        using var folder = new TemporaryFolder();
        string[] sources = [.. Directory.GetFiles(BicepCompiler.Folder, "*.bicep*").Where(file => !file.EndsWith(".json", StringComparison.Ordinal))];
        foreach (var source in sources)
        {
            File.Copy(source, Path.Combine(folder.Path, Path.GetFileName(source)));
        }

        var format = await BicepCompiler.RunInAsync(folder.Path, "dev", Cancel, "format", "--pattern", "*.bicep*");

        Assert.Equal((0, "", ""), format);
        Assert.All(sources, source => Assert.Equal(File.ReadAllText(source), File.ReadAllText(Path.Combine(folder.Path, Path.GetFileName(source)))));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Build_EachEnvironment_ParametersMatchTemplate(string environmentName)
    {
        BicepCompiler.SkipUnlessAvailable();

        var build = await BicepCompiler.RunInAsync(BicepCompiler.Folder, environmentName, Cancel, "build-params", "main.bicepparam", "--stdout");

        Assert.Equal((0, ""), (build.ExitCode, build.Errors));
        using var parameters = JsonDocument.Parse(JsonElement.Parse(build.Output).GetProperty("parametersJson").GetString()!);
        Assert.Equal(environmentName, parameters.RootElement.GetProperty("parameters").GetProperty("environmentName").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Build_UnknownEnvironment_ErrorListsEnvironments()
    {
        BicepCompiler.SkipUnlessAvailable();

        var build = await BicepCompiler.RunInAsync(BicepCompiler.Folder, "staging", Cancel, "build-params", "main.bicepparam", "--stdout");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("Available properties include \"dev\", \"prod\"", build.Errors, StringComparison.Ordinal);
    }
}
