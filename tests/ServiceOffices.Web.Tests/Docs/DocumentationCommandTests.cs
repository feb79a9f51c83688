using System.Diagnostics;
using System.Text.RegularExpressions;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Docs;

/// <summary>
/// Executes the shell commands of the README and the guides as written. The environment maps the documented addresses to a running
/// host: a configuration file of curl, and a program <c>dotnet</c> that runs the built LocalHost.
/// </summary>
public sealed partial class DocumentationCommandTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const int MaxSeconds = 180;

    // The blocks that cannot run here, by a text that only they contain.
    private static readonly (string Text, string Reason)[] NotExecuted =
    [
        ("./test  ", "runs these tests"),
        ("dotnet build ServiceOffices.slnx", "builds these tests; the second line serves until it is stopped, as the host of these tests does"),
        ("az login", "needs an Azure subscription"),
        ("az role assignment", "needs an Azure subscription"),
        ("az storage blob", "needs an Azure subscription"),
        ("azcopy sync", "needs an Azure subscription"),
        ("-- load", "needs an Azure storage account"),
        ("-- restore 41", "needs an Azure storage account"),
        ("node tests/browser/", "needs a browser; BrowserTests runs the program"),
        ("func start", "needs the Azure Functions Core Tools"),
        ("dotnet publish functions/FunctionApp", "needs the packages of the Functions worker, which some feeds lack; .ci/run builds the project"),
    ];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Blocks => [.. FindBlocks().Select(block => block.Name)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Commands_EachBlock_AreValidShell(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The commands are for bash.");

        var (exitCode, output) = await RunAsync(["-n", "-c", Find(name).Commands], Environment.CurrentDirectory, []);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Commands_ExecutableBlocks_Succeed()
    {
        foreach (var tool in (string[])["bash", "curl", "jq", "sha256sum"])
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))), $"{tool} is not on the PATH.");
        }

        using var folder = new TemporaryFolder();
        var working = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(folder.Database)!, "work")).FullName;
        var environment = await PrepareAsync(working);
        var executed = new List<string>();

        // Editing comes first: docs/history.md compares two publications.
        foreach (var block in FindBlocks().Where(block => FindReason(block) is null).OrderBy(block => !block.Name.StartsWith("docs/editing.md", StringComparison.Ordinal)))
        {
            var (exitCode, output) = await RunAsync(["-euo", "pipefail", "-c", block.Commands], working, environment);
            Assert.True(exitCode == 0 && !ErrorStatus().IsMatch(output), $"{block.Name} ended with {exitCode}:\n{block.Commands}\n{output}");
            executed.Add(block.Name);
            if (block.Name.StartsWith("docs/editing.md", StringComparison.Ordinal))
            {
                await host.RefreshAsync();
            }
        }

        Assert.True(executed.Count >= 4, $"Only {string.Join(", ", executed)} were executed.");
    }

    [Fact]
    public void NotExecutedBlocks_EachReason_IsNeeded() =>
        Assert.All(NotExecuted, entry => Assert.Contains(FindBlocks(), block => block.Commands.Contains(entry.Text, StringComparison.Ordinal)));

    private static string? FindReason((string Name, string Commands) block) =>
        NotExecuted.Where(entry => block.Commands.Contains(entry.Text, StringComparison.Ordinal)).Select(entry => entry.Reason).FirstOrDefault();

    private static (string Name, string Commands) Find(string name) => FindBlocks().Single(block => block.Name == name);

    private static IEnumerable<(string Name, string Commands)> FindBlocks()
    {
        var files = Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Repository.PathTo("functions"), "README.md", SearchOption.AllDirectories))
            .Append(Repository.PathTo("README.md"));
        foreach (var file in files.Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            foreach (Match block in ShellBlock().Matches(text))
            {
                var line = text[..block.Index].Count(c => c == '\n') + 1;
                yield return ($"{Path.GetRelativePath(Repository.PathTo(""), file)}:{line}", block.Groups["commands"].Value);
            }
        }
    }

    /// <summary>Creates the files that the commands expect and the environment that maps the addresses.</summary>
    private async Task<(string Name, string Value)[]> PrepareAsync(string folder)
    {
        var address = host.Client.BaseAddress!;
        await File.WriteAllBytesAsync(Path.Combine(folder, "offices.csv"), await host.GetBytesAsync("/downloads/offices.csv"), Now);
        Directory.CreateSymbolicLink(Path.Combine(folder, "docs"), Repository.PathTo("docs"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".curlrc"), $"connect-to = \"localhost:7071:{address.Host}:{address.Port}\"\n", Now);

        var programs = Directory.CreateDirectory(Path.Combine(folder, "programs")).FullName;
        var shim = Path.Combine(programs, "dotnet");
        await File.WriteAllTextAsync(shim, """
            #!/usr/bin/env bash
            [[ "$1 $2 $3 $4" == "run --project functions/LocalHost --" ]] || exit 99
            shift 4
            exec "$REAL_DOTNET" "$LOCAL_HOST" "${@//https:\/\/example.se/$ADDRESS}"
            """, Now);
        var path = Environment.GetEnvironmentVariable("PATH")!;
        var dotnet = path.Split(Path.PathSeparator).Select(part => Path.Combine(part, "dotnet")).First(File.Exists);
        (string Name, string Value)[] environment =
        [
            ("PATH", $"{programs}{Path.PathSeparator}{path}"), ("REAL_DOTNET", dotnet), ("LOCAL_HOST", Path.Combine(AppContext.BaseDirectory, "LocalHost.dll")), ("ADDRESS", address.ToString().TrimEnd('/')), ("CURL_HOME", folder), ("KEY", RunningHost.Key), ("Storage__Folder", Path.Combine(folder, "storage")),
        ];
        // The commands without --url use a storage with a register.
        var (exitCode, output) = await RunAsync(["-c", "chmod +x programs/dotnet && dotnet run --project functions/LocalHost -- load"], folder, environment);
        Assert.True(exitCode == 0, output);
        return environment;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, string folder, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Now);
        limit.CancelAfter(TimeSpan.FromSeconds(MaxSeconds));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException) when (!Now.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"The commands did not end within {MaxSeconds} s.");
        }
    }

    [GeneratedRegex(@"^```(?:sh|bash|shell)\n(?<commands>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    // A problem of the API: curl succeeds all the same.
    [GeneratedRegex("""("status":\s*[45]\d\d)|(^HTTP/[\d.]+ [45]\d\d)""", RegexOptions.Multiline)]
    private static partial Regex ErrorStatus();
}
