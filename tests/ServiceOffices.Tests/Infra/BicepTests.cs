using System.Text.Json;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Infra;

/// <summary>What the compiler says of the sources. Only silence passes: it reports type errors as warnings, exit code 0.</summary>
public sealed class BicepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--pattern", "*.bicep")]
    [InlineData("main.bicepparam")]
    public async Task Lint_EverySource_PrintsNothing(params string[] files)
    {
        Bicep.Require();

        var lint = await Bicep.RunAsync(Cancel, ["lint", .. files]);

        Assert.Equal((0, "", ""), lint);
    }

    [Fact]
    public async Task Format_EverySource_ChangesNothing()
    {
        Bicep.Require();
        using var folder = new TemporaryFolder();
        string[] sources = [.. Directory.GetFiles(Bicep.Folder, "*.bicep*").Where(file => !file.EndsWith(".json", StringComparison.Ordinal))];
        foreach (var source in sources)
        {
            File.Copy(source, Path.Combine(folder.Path, Path.GetFileName(source)));
        }

        var format = await Bicep.RunInAsync(folder.Path, "dev", Cancel, "format", "--pattern", "*.bicep*");

        Assert.Equal((0, "", ""), format);
        Assert.All(sources, source => Assert.Equal(File.ReadAllText(source), File.ReadAllText(Path.Combine(folder.Path, Path.GetFileName(source)))));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Build_ParametersOfEveryEnvironment_FitTheTemplate(string environmentName)
    {
        Bicep.Require();

        var build = await Bicep.RunInAsync(Bicep.Folder, environmentName, Cancel, "build-params", "main.bicepparam", "--stdout");

        Assert.Equal((0, ""), (build.ExitCode, build.Errors));
        using var parameters = JsonDocument.Parse(JsonElement.Parse(build.Output).GetProperty("parametersJson").GetString()!);
        Assert.Equal(environmentName, parameters.RootElement.GetProperty("parameters").GetProperty("environmentName").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Build_ParametersOfAnUnknownEnvironment_SaysWhichThereAre()
    {
        Bicep.Require();

        var build = await Bicep.RunInAsync(Bicep.Folder, "staging", Cancel, "build-params", "main.bicepparam", "--stdout");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("Available properties include \"dev\", \"prod\"", build.Errors, StringComparison.Ordinal);
    }
}
