using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>Publishes a program of this repository to a temporary folder.</summary>
internal static class PublishedProgram
{
    /// <param name="project">The folder of the project below tests.</param>
    /// <param name="readyToRun">True to compile the code ahead of time, as for a release.</param>
    /// <returns>The command line that starts it.</returns>
    public static async Task<IReadOnlyList<string>> PublishAsync(string project, string folder, bool readyToRun)
    {
        Console.Error.WriteLine($"publishing {project}{(readyToRun ? ", ReadyToRun" : "")} …");
        var start = new ProcessStartInfo("dotnet", [
            "publish", Path.Combine(Tests(), project), "-c", "Release", "-o", folder, "-v", "q", "--nologo",
            .. readyToRun ? (string[])["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true", "-p:NuGetLockFilePath=obj/published.lock.json"] : []])
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? ["dotnet", Path.Combine(folder, Path.GetFileName(project) + ".dll")]
            : throw new InvalidOperationException($"{project} was not published: {output}");
    }

    private static string Tests([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
