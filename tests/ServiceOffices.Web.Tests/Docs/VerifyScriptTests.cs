using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Docs;

/// <summary>Tests docs/history.md and docs/verify.sh on a running host with two publications.</summary>
public sealed class VerifyScriptTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Manifests_All_MatchHashesAndChain()
    {
        await using var host = await StartWithTwoPublicationsAsync();

        var list = JsonDocument.Parse(await host.GetAsync("/publications/")).RootElement.GetProperty("publications");
        var second = await host.GetBytesAsync("/publications/2/manifest.json");
        using var first = await host.SendAsync("GET", "/publications/1/manifest.json");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await first.Content.ReadAsByteArrayAsync(Now)));

        Assert.Equal([2, 1], list.EnumerateArray().Select(item => item.GetProperty("revision").GetInt32()));
        Assert.Equal(sha256, list[1].GetProperty("sha256").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(second)), list[0].GetProperty("sha256").GetString());
        Assert.Equal(sha256, JsonDocument.Parse(second).RootElement.GetProperty("previous").GetProperty("sha256").GetString());
        Assert.Equal($"\"{sha256}\"", first.Headers.ETag!.Tag);
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var again = await host.SendAsync("GET", "/publications/1/manifest.json", ("If-None-Match", $"\"{sha256}\""));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var past = await host.SendAsync("GET", "/odata/v1/offices?revision=1&$at=2020-07-01");
        Assert.Contains("immutable", past.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/publications/3/manifest.json", 404)]
    [InlineData("/publications/0/manifest.json", 404)]
    [InlineData("/publications/01/manifest.json", 404)]
    [InlineData("/publications/9223372036854775807/manifest.json", 404)]
    [InlineData("/publications/99999999999999999999/manifest.json", 404)]
    [InlineData("/publications/1/register.json", 404)]
    [InlineData("/publications/1/../current", 404)]
    [InlineData("/publications/1", 404)]
    [InlineData("/publications/1/manifest.json?x=1", 400)]
    [InlineData("/publications/?x=1", 400)]
    public async Task Url_Unknown_ReturnsProblem(string path, int status)
    {
        await using var host = await StartWithTwoPublicationsAsync();

        using var response = await host.SendAsync("GET", path);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Script_UntouchedHistory_Succeeds()
    {
        await using var host = await StartWithTwoPublicationsAsync();

        var (exitCode, output) = await VerifyAsync(host, "--files");
        var known = output.TrimEnd().Split('\n')[^1];

        Assert.True(exitCode == 0, output);
        Assert.Contains("revisions 1 to 2 are one unbroken chain", output, StringComparison.Ordinal);
        Assert.StartsWith("2:", known, StringComparison.Ordinal);
        Assert.Equal(0, (await VerifyAsync(host, "--known", known)).ExitCode);
        Assert.Equal(1, (await VerifyAsync(host, "--known", "2:" + new string('0', 64))).ExitCode);
        Assert.Equal(1, (await VerifyAsync(host, "--known", "3:" + new string('0', 64))).ExitCode);
        Assert.Equal(2, (await VerifyAsync(host, "--known", "nonsense")).ExitCode);
    }

    [Theory]
    [InlineData("\"first\"", "\"edit\"", "FAILED: the manifest of revision 1 has the SHA-256")]
    [InlineData("\"revision\":1", "\"revision\":7", "FAILED: the manifest of revision 1 has the SHA-256")]
    public async Task Script_TamperedManifest_Fails(string from, string to, string message)
    {
        await using var history = await ServedHistory.StartAsync(1, 2);
        history.Rewrite("/publications/1/manifest.json", from, to);

        var (exitCode, output) = await VerifyAsync(history.Address);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_Gaps_AreReportedAndRestIsVerified()
    {
        await using var history = await ServedHistory.StartAsync(1, 2, 4, 7);

        var (exitCode, output) = await VerifyAsync(history.Address);

        Assert.Equal(1, exitCode);
        Assert.Contains("FAILED: the chain has gaps: revisions 5-6 3 are missing. All other revisions from 1 to 7 are verified", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_ResetChain_IsReported()
    {
        await using var history = await ServedHistory.StartAsync(4, 5);

        var (exitCode, output) = await VerifyAsync(history.Address);

        Assert.Equal(1, exitCode);
        Assert.Contains("FAILED: the chain was reset: it ends at revision 4, not at 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedManifest_IsNeverSent()
    {
        await using var host = await StartWithTwoPublicationsAsync();
        var original = await host.GetBytesAsync("/publications/1/manifest.json");
        await RewriteAsync(host, "manifest.json", "\"first\"", "\"edit\"");

        Assert.Equal(original, await host.GetBytesAsync("/publications/1/manifest.json"));
        await RewriteAsync(host, "manifest.json", "\"first\"", "\"edit\"");
        await DeleteAsync(host, "manifest.json.gz");
        using var unrepairable = await host.SendAsync("GET", "/publications/1/manifest.json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, unrepairable.StatusCode);
    }

    [Fact]
    public async Task Script_TamperedFile_FailsWhenFilesAreChecked()
    {
        await using var history = await ServedHistory.StartAsync(1, 2);
        history.Rewrite("/downloads/1/offices.csv", "Torsby", "Torsbo");

        var (exitCode, output) = await VerifyAsync(history.Address, "--files");

        Assert.Equal(0, (await VerifyAsync(history.Address)).ExitCode);
        Assert.Equal(1, exitCode);
        Assert.Contains("FAILED: /downloads/1/offices.csv", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TamperedFile_Download_IsSentAsPublished()
    {
        await using var host = await StartWithTwoPublicationsAsync();
        await RewriteAsync(host, "offices.csv", "Torsby", "Torsbo");

        var text = await host.GetAsync("/downloads/1/offices.csv");

        Assert.Contains("Torsby", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Torsbo,", text, StringComparison.Ordinal);
    }

    private static async Task<RunningHost> StartWithTwoPublicationsAsync()
    {
        var host = new RunningHost();
        await host.InitializeAsync();
        var register = host.Services.GetRequiredService<IRegisterStore>();
        var stored = (await register.ReadAsync("storuman", Now))!;
        await register.WriteAsync(stored.Entry with { Office = stored.Entry.Office with { Name = "Servicekontoret i Storuman" } }, stored.ETag, Now);
        await host.RefreshAsync();
        return host;
    }

    /// <summary>Modifies a file of revision 1 in the storage.</summary>
    private static async Task RewriteAsync(RunningHost host, string file, string from, string to)
    {
        var store = host.Services.GetRequiredService<IPublicationStore>();
        var path = await store.ListAsync("revisions/00000001", Now).Select(stored => stored.Path).SingleAsync(path => path.EndsWith("/" + file, StringComparison.Ordinal), Now);
        var text = Encoding.UTF8.GetString((await store.ReadAsync(path, Now))!);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await store.DeleteAsync(path, Now);
        await store.WriteAsync(path, Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), "application/octet-stream", Now);
    }

    private static async Task DeleteAsync(RunningHost host, string file)
    {
        var store = host.Services.GetRequiredService<IPublicationStore>();
        var path = await store.ListAsync("revisions/00000001", Now).Select(stored => stored.Path).SingleAsync(path => path.EndsWith("/" + file, StringComparison.Ordinal), Now);
        await store.DeleteAsync(path, Now);
    }

    private static Task<(int ExitCode, string Output)> VerifyAsync(RunningHost host, params string[] arguments) =>
        VerifyAsync(host.Client.BaseAddress!.ToString(), arguments);

    private static async Task<(int ExitCode, string Output)> VerifyAsync(string address, params string[] arguments)
    {
        foreach (var tool in (string[])["curl", "sha256sum", "jq"])
        {
            Assert.SkipUnless(await ExistsAsync(tool), $"docs/verify.sh needs {tool}, which is not on the PATH.");
        }

        return await RunAsync("bash", [Repository.PathTo("docs", "verify.sh"), address, .. arguments]);
    }

    private static async Task<bool> ExistsAsync(string tool)
    {
        try
        {
            return (await RunAsync(tool, "--version")).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(Now);
        var errors = process.StandardError.ReadToEndAsync(Now);
        await process.WaitForExitAsync(Now);
        return (process.ExitCode, await output + await errors);
    }
}
