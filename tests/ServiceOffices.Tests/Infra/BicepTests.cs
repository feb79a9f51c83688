namespace ServiceOffices.Tests.Infra;

/// <summary>What the compiler says of the sources. Only silence passes: it reports type errors as warnings, exit code 0.</summary>
public sealed class BicepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Sources => [.. FilesLike("*.bicep"), .. FilesLike("*.bicepparam")];

    public static TheoryData<string> ParameterFiles => [.. FilesLike("*.bicepparam")];

    private static IEnumerable<string> FilesLike(string pattern) =>
        Directory.EnumerateFiles(Bicep.Folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Lint_EverySource_PrintsNothing(string file)
    {
        Bicep.Require();

        var lint = await Bicep.RunAsync(Cancel, "lint", file);

        Assert.Equal((0, "", ""), lint);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Format_EverySource_ChangesNothing(string file)
    {
        Bicep.Require();

        var format = await Bicep.RunAsync(Cancel, "format", file, "--stdout");

        Assert.Equal("", format.Errors);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, file), Cancel), format.Output);
    }

    [Theory]
    [MemberData(nameof(ParameterFiles))]
    public async Task Build_EveryParameterFile_FitsItsTemplate(string file)
    {
        Bicep.Require();

        var build = await Bicep.RunAsync(Cancel, "build-params", file, "--stdout");

        Assert.Equal((0, ""), (build.ExitCode, build.Errors));
    }
}
