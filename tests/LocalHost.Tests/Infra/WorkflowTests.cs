using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>Tests the rules for every workflow.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [.. Directory.GetFiles(Repository.PathTo(".github", "workflows"), "*.yml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_EachWorkflow_ArePinnedByCommitWithTag(string file)
    {
        var uses = Uses().Matches(Read(file)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, action => Assert.Matches("^[\\w.-]+(/[\\w.-]+)+@[0-9a-f]{40} # v[0-9.]+$", action));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_Each_HasNoSecretsAndLeastPermissions(string file)
    {
        var text = Read(file);

        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.Contains("\npermissions:\n  contents: read\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(contents|actions|packages|pull-requests|issues): write", text);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        // An input inside a script would be executed as part of it, so values are passed in the environment.
        Assert.DoesNotMatch(@"run: [^\n]*\$\{\{", text);
    }

    [Fact]
    public void Deployment_Job_FollowsTestsAndIsSmokeTested()
    {
        var deploy = Read("deploy.yml");

        Assert.Contains("run: .ci/run", deploy, StringComparison.Ordinal);
        Assert.Contains("needs: [build, what-if]", deploy, StringComparison.Ordinal);
        Assert.Contains("deployment group what-if", deploy, StringComparison.Ordinal);
        Assert.EndsWith("run: .github/smoke.sh \"$ADDRESS\"\n        env:\n          ADDRESS: ${{ steps.resources.outputs.address }}\n", deploy, StringComparison.Ordinal);
    }

    [Fact]
    public void Deployment_Parameters_AreAllProvided()
    {
        var read = Regex.Matches(File.ReadAllText(Path.Combine(BicepCompiler.Folder, "main.bicepparam")), @"readEnvironmentVariable\('([A-Z_]+)'")
            .Select(match => match.Groups[1].Value).Except(["AZURE_ENV_NAME"]).Order(StringComparer.Ordinal).ToList();
        var documentation = File.ReadAllText(Repository.PathTo("docs", "operations.md"));

        // The preview and the deployment have the same parameters.
        var steps = Regex.Matches(Read("deploy.yml"), @"--parameters infra-bicep/main\.bicepparam.*?env:\n((?: +[A-Z_]+: [^\n]+\n)+)", RegexOptions.Singleline);

        Assert.Equal(2, steps.Count);
        Assert.All(steps, step => Assert.Equal(
            read, Regex.Matches(step.Groups[1].Value, "([A-Z_]+): ").Select(match => match.Groups[1].Value).Except(["RESOURCE_GROUP"]).Order(StringComparer.Ordinal)));
        Assert.Contains("AZURE_ENV_NAME: ${{ inputs.environment }}", Read("deploy.yml"), StringComparison.Ordinal);
        Assert.All(read, name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void Dependabot_EveryEcosystem_IsUpdated()
    {
        var text = File.ReadAllText(Repository.PathTo(".github", "dependabot.yml"));
        var updates = Regex.Matches(text, "package-ecosystem: (\\S+)\n +directory: (\\S+)\n").Select(match => (match.Groups[1].Value, match.Groups[2].Value));

        Assert.Equal([("nuget", "/"), ("npm", "/tests"), ("github-actions", "/")], updates);
        Assert.True(File.Exists(Repository.PathTo("Directory.Packages.props")) && File.Exists(Repository.PathTo("tests", "package-lock.json")));
    }

    [Fact]
    public void Audit_VulnerablePackage_IsErrorAndMissingDataIsNot()
    {
        var properties = XDocument.Load(Repository.PathTo("Directory.Build.props")).Root!.Elements("PropertyGroup").Elements().ToLookup(property => property.Name.LocalName, property => property.Value);

        Assert.Equal("all", Assert.Single(properties["NuGetAuditMode"]));
        Assert.Equal("low", Assert.Single(properties["NuGetAuditLevel"]));
        Assert.EndsWith(";NU1901;NU1902;NU1903;NU1904", Assert.Single(properties["WarningsAsErrors"]), StringComparison.Ordinal);
        Assert.EndsWith(";NU1900;NU1905", Assert.Single(properties["WarningsNotAsErrors"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Azd_Service_MatchesTemplateTag()
    {
        var azd = File.ReadAllText(Repository.PathTo("azure.yaml"));
        var app = File.ReadAllText(Path.Combine(BicepCompiler.Folder, "functionApp.bicep"));

        Assert.Contains("services:\n  api:\n    project: functions/FunctionApp\n", azd, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'api'", app, StringComparison.Ordinal);
        Assert.Contains("  path: infra-bicep\n  module: main\n", azd, StringComparison.Ordinal);
    }

    private static string Read(string file) => File.ReadAllText(Repository.PathTo(".github", "workflows", file));

    [GeneratedRegex("uses: ([^\n]+)")]
    private static partial Regex Uses();
}
