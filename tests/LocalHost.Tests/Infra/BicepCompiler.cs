using System.Diagnostics;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>The Bicep compiler in the version that the test project references.</summary>
internal static class BicepCompiler
{
    /// <summary>The absolute path of infra-bicep/.</summary>
    public static string Folder { get; } = Repository.PathTo("infra-bicep");

    /// <summary>False if the compiler does not support this machine.</summary>
    public static bool IsAvailable { get; } = Repository.BuildValue("BicepPath").Length > 0;

    /// <summary>Skips the running test if the compiler is not available; fails it if CI=true.</summary>
    public static void SkipUnlessAvailable()
    {
        const string Why = "The pinned Bicep compiler runs on Linux x64 only.";
        Assert.True(IsAvailable || !Repository.IsCI, Why + " (CI=true: nothing is skipped)");
        Assert.SkipUnless(IsAvailable, Why);
    }

    /// <summary>Runs a command such as <c>lint main.bicep</c> in infra-bicep/.</summary>
    /// <returns>The exit code, standard output and standard error.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(
        CancellationToken cancellationToken, params string[] arguments) => RunInAsync(Folder, "dev", cancellationToken, arguments);

    /// <summary>Runs a command in another folder or for another environment (main.bicepparam reads AZURE_ENV_NAME).</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunInAsync(
        string folder, string environmentName, CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessStartInfo start = new(Repository.BuildValue("BicepPath"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURE_ENV_NAME"] = environmentName },
        };
        using Process bicep = Process.Start(start)!;
        Task<string> output = bicep.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = bicep.StandardError.ReadToEndAsync(cancellationToken);
        await bicep.WaitForExitAsync(cancellationToken);
        return (bicep.ExitCode, await output, await errors);
    }
}
