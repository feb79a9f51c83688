using System.Diagnostics;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>Executes .ci/tools as a user who is not root, with programs that record how they are called.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ContinuousIntegrationToolsTests
{
    private const string Nobody = "65534";

    // Stands for the package manager: it creates the programs of the packages.
    private const string AptGet = """
        #!/bin/bash
        echo "apt-get $*" >> "$CALLS"
        [[ "$1" == install ]] || exit 0
        for package in "$@"; do
          case "$package" in
            gdal-bin) program=ogr2ogr ;;
            curl | jq | chromium) program=$package ;;
            *) continue ;;
          esac
          /bin/ln -s /bin/true "$PROGRAMS/$program"
        done
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tools_UserWithSudo_AreInstalledWithSudo()
    {
        using var folder = Prepare(("apt-get", AptGet), ("sudo", "#!/bin/bash\necho \"sudo $*\" >> \"$CALLS\"\nshift\n\"$@\""), ("jq", "#!/bin/bash"));

        var (exitCode, output, calls) = await RunAsync(folder.Path);

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            ["sudo -n true", "sudo -n apt-get update -qq", "apt-get update -qq", "sudo -n apt-get install -y -qq --no-install-recommends gdal-bin curl chromium", "apt-get install -y -qq --no-install-recommends gdal-bin curl chromium"],
            calls);
    }

    [Theory]
    [InlineData("#!/bin/bash\nexit 1")]
    [InlineData(null)]
    public async Task Tools_UserWithoutSudo_AreNamed(string? sudo)
    {
        using var folder = Prepare([("apt-get", AptGet), .. sudo is null ? [] : new[] { ("sudo", sudo) }]);

        var (exitCode, output, calls) = await RunAsync(folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("Not installed: the user is not root and cannot use sudo without a password.", output, StringComparison.Ordinal);
        Assert.EndsWith("Missing: gdal-bin curl jq chromium\n", output, StringComparison.Ordinal);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task Tools_Present_NothingIsCalled()
    {
        using var folder = Prepare(("apt-get", AptGet), ("ogr2ogr", ""), ("curl", ""), ("jq", ""), ("google-chrome", ""));

        Assert.Equal((0, "", 0), await RunAsync(folder.Path) is var (exitCode, output, calls) ? (exitCode, output, calls.Length) : default);
    }

    [Fact]
    public void ContinuousIntegration_Run_InstallsTools() =>
        Assert.Contains("\n.ci/tools\n", File.ReadAllText(Repository.PathTo(".ci", "run")), StringComparison.Ordinal);

    private static TemporaryFolder Prepare(params (string Name, string Text)[] programs)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is for Debian and Ubuntu.");
        var folder = new TemporaryFolder();
        const UnixFileMode Everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var bin = Directory.CreateDirectory(Path.Combine(folder.Path, "bin"));
        foreach (var (name, text) in programs)
        {
            var path = Path.Combine(bin.FullName, name);
            File.WriteAllText(path, text.ReplaceLineEndings("\n"));
            File.SetUnixFileMode(path, Everyone);
        }

        // The files of another user are not readable in some checkouts.
        File.Copy(Repository.PathTo(".ci", "tools"), Path.Combine(folder.Path, "tools"));
        foreach (var path in (string[])[folder.Path, bin.FullName, Path.Combine(folder.Path, "tools")])
        {
            File.SetUnixFileMode(path, Everyone);
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Output, string[] Calls)> RunAsync(string folder)
    {
        var (bin, calls) = (Path.Combine(folder, "bin"), Path.Combine(folder, "calls"));
        string[] command = ["env", "-i", $"PATH={bin}", $"PROGRAMS={bin}", $"CALLS={calls}", "/bin/bash", Path.Combine(folder, "tools")];
        string[] asNobody = Environment.UserName == "root" ? ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", .. command] : command;
        ProcessStartInfo start = new(asNobody[0], asNobody[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors, File.Exists(calls) ? await File.ReadAllLinesAsync(calls, Cancel) : []);
    }
}
