using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>
/// Compares the resources that a deployment creates with infra-bicep/snapshots, so that a change of the templates is reviewed as a change of
/// resources. <c>UPDATE_GOLDEN=1</c> writes the snapshots.
/// </summary>
public sealed class SnapshotTests
{
    // Names of resources depend on the subscription and the resource group.
    private static readonly string[] Scope =
    [
        "--tenant-id", "00000000-0000-0000-0000-000000000001", "--subscription-id", "00000000-0000-0000-0000-000000000002",
        "--resource-group", "service-offices", "--location", "swedencentral", "--deployment-name", "snapshot",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("all-options")]
    public async Task Resources_EachEnvironment_MatchSnapshot(string name)
    {
        BicepCompiler.SkipUnlessAvailable();
        using var folder = CopyTemplates();
        var stored = Path.Combine(BicepCompiler.Folder, "snapshots", name + ".snapshot.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI)
        {
            Assert.Equal(0, (await RunAsync(folder.Path, name, "overwrite")).ExitCode);
            File.Copy(GetSnapshot(folder.Path, name), stored, overwrite: true);
        }

        File.Copy(stored, GetSnapshot(folder.Path, name), overwrite: true);
        var (exitCode, output, errors) = await RunAsync(folder.Path, name, "validate");

        Assert.True(exitCode == 0, output + errors);
    }

    [Fact]
    public async Task Validation_ChangedRole_ShowsDifference()
    {
        BicepCompiler.SkipUnlessAvailable();
        using var folder = CopyTemplates();
        File.Copy(Path.Combine(BicepCompiler.Folder, "snapshots", "dev.snapshot.json"), GetSnapshot(folder.Path, "dev"));
        var template = Path.Combine(folder.Path, "dataStorage.bicep");
        var changed = File.ReadAllText(template).Replace(TableContributor, Owner, StringComparison.Ordinal);
        Assert.Contains(Owner, changed, StringComparison.Ordinal);
        await File.WriteAllTextAsync(template, changed, Cancel);

        var (exitCode, output, _) = await RunAsync(folder.Path, "dev", "validate");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(Owner, output, StringComparison.Ordinal);
        Assert.Contains(TableContributor, output, StringComparison.Ordinal);
    }

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private const string TableContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

    private static TemporaryFolder CopyTemplates()
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(BicepCompiler.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".snapshot.json", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder.Path, Path.GetRelativePath(BicepCompiler.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return folder;
    }

    // The environments share a file of parameters, which reads the environment's name.
    private static string GetParameters(string name) => name is "dev" or "prod" ? "main" : $"snapshots/{name}";

    private static string GetSnapshot(string folder, string name) => Path.Combine(folder, GetParameters(name) + ".snapshot.json");

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, string name, string mode) =>
        BicepCompiler.RunInAsync(folder, name, Cancel, ["snapshot", GetParameters(name) + ".bicepparam", "--mode", mode, .. Scope]);
}
