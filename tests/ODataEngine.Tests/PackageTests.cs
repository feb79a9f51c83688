using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceOffices.Testing;

namespace ODataEngine.Tests;

/// <summary>Tests that the package of the engine works in a project of its own, with the sample of its README.</summary>
public sealed partial class PackageTests
{
    private const string PackageId = "ServiceOffices.ODataEngine";

    [Fact]
    public async Task Package_SampleOfReadme_AnswersQueries()
    {
        var folder = Directory.CreateTempSubdirectory("odata-engine-").FullName;
        try
        {
            // A version that no cache can hold.
            var version = $"0.0.0-test.{Guid.NewGuid():N}";
            await RunAsync(Repository.Root, "pack", Repository.PathTo("functions", "ODataEngine"), "--no-build", "-c", Configuration, "-o", Path.Combine(folder, "feed"), $"-p:PackageVersion={version}", "-warnaserror");
            var project = Path.Combine(folder, "sample", "Sample.csproj");
            Directory.CreateDirectory(Path.GetDirectoryName(project)!);
            await File.WriteAllTextAsync(project, GetProject(folder, version), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "sample", "Program.cs"), GetSample(), TestContext.Current.CancellationToken);

            await RunAsync(folder, "build", project, "-o", Path.Combine(folder, "bin"));
            var output = await RunAsync(folder, Path.Combine(folder, "bin", "Sample.dll"));

            var responses = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("value")).ToList();
            Assert.Equal(3, responses.Count);
            Assert.Equal(["""{"title":"Nils Holgersson"}""", """{"title":"Ronia"}"""], GetRows(responses[0]));
            Assert.Equal(["""{"id":1,"title":"Nils Holgersson","pages":560,"author":{"id":1,"name":"Selma Lagerlof"}}"""], GetRows(responses[1]));
            Assert.Equal(
                ["""{"author":{"name":"Selma Lagerlof"},"total":560}""", """{"author":{"name":"Astrid Lindgren"},"total":409}"""],
                GetRows(responses[2]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Configuration { get; } = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Debug" : "Release";

    private static IEnumerable<string> GetRows(JsonElement rows) => rows.EnumerateArray().Select(row => Annotation().Replace(row.GetRawText(), ""));

    private static string GetSample() => CSharpBlock().Match(File.ReadAllText(Repository.PathTo("functions", "ODataEngine", "README.md"))).Groups[1].Value;

    // The engine comes from the folder's feed, its dependencies from the packages that this build has restored: no network.
    private static string GetProject(string folder, string version)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <RestoreSources>{Path.Combine(folder, "feed")}</RestoreSources>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackageId}" Version="{version}" />
              </ItemGroup>
            </Project>
            """;
    }

    private static async Task<string> RunAsync(string workingDirectory, params string[] arguments)
    {
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = workingDirectory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // A build server that outlives the test would keep the folder open.
                Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {arguments[0]} ended with exit code {process.ExitCode}: {output}{await errors}");
        return output;
    }

    [GeneratedRegex("""
        "[^"]*@odata\.[^"]*":("[^"]*"|null),
        """)]
    private static partial Regex Annotation();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
