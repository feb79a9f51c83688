using System.Diagnostics;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>Runs the smoke test of the deployment against a healthy service and against a URL without a service.</summary>
public sealed class SmokeTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task SmokeScript_HealthyService_Passes()
    {
        var (code, output) = await RunAsync(host.Client.BaseAddress!.AbsoluteUri.TrimEnd('/'), timeout: "60");

        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Assert.Contains("401 ", output, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task SmokeScript_NoService_Fails()
    {
        // Port 9 (discard), on which no service listens.
        var (code, output) = await RunAsync("http://127.0.0.1:9", timeout: "0");

        Assert.Contains("FAILED: not ready", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    private static async Task<(int Code, string Output)> RunAsync(string address, string timeout)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathTo(".github", "smoke.sh"), address])
        {
            RedirectStandardOutput = true,
            Environment = { ["SMOKE_PATIENCE_SECONDS"] = timeout },
        };
        using var script = Process.Start(start)!;
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, output);
    }
}
