using System.ComponentModel;
using System.Diagnostics;

namespace ServiceOffices.Testing;

/// <summary>Runs the scripts in tests/ that read our output with independent tools.</summary>
public static class NodeTool
{
    /// <summary>Runs a script to completion. Skips the test if Node.js or the tools are missing, unless CI=true.</summary>
    /// <param name="script">The name of the script in tests/.</param>
    /// <returns>The standard output.</returns>
    /// <exception cref="InvalidOperationException">The script failed; the message is its error output.</exception>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        if (!Directory.Exists(Repository.PathTo("tests", "node_modules")))
        {
            SkipOrFail("The tools from npm are not installed; run: npm ci --prefix tests");
        }

        using Process process = new()
        {
            StartInfo = new ProcessStartInfo("node", [Repository.PathTo("tests", script), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            SkipOrFail($"Node.js 20 or later must be on the PATH: {e.Message}");
        }

        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{script} ended with exit code {process.ExitCode}: {await errors}");
    }

    private static void SkipOrFail(string reason)
    {
        Assert.False(Repository.IsCI, $"{reason} (CI=true: nothing is skipped)");
        Assert.Skip(reason);
    }
}
