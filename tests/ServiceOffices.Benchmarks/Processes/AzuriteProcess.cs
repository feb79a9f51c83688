using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>An Azurite process in memory, from tests/node_modules, on free ports of this machine; disposing this object ends it.</summary>
internal sealed partial class AzuriteProcess : IDisposable
{
    // The documented account and key of the emulator, not a secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process process;

    private AzuriteProcess(Process process, string connectionString, Uri tables)
    {
        this.process = process;
        ConnectionString = connectionString;
        Tables = tables;
    }

    public string ConnectionString { get; }

    /// <summary>The URL of the table service.</summary>
    public Uri Tables { get; }

    /// <exception cref="InvalidOperationException">Azurite is not installed or did not start.</exception>
    public static async Task<AzuriteProcess> StartAsync()
    {
        var tests = Tests();
        var start = new ProcessStartInfo("node", [
            Path.Combine(tests, "node_modules", "azurite", "dist", "src", "azurite.js"),
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0"])
        {
            WorkingDirectory = tests,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var addresses = new Dictionary<string, string>();
        while (addresses.Count < 3 && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }

        // Azurite prints nothing from here on, so the pipe does not fill.
        return addresses.Count == 3
            ? new AzuriteProcess(process, $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={addresses["Blob"]}/{Account};TableEndpoint={addresses["Table"]}/{Account};", new Uri(addresses["Table"]))
            : throw new InvalidOperationException("Azurite did not start; is it installed? npm ci --prefix tests");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static string Tests([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>http://127\.0\.0\.1:[1-9]\d*)$")]
    private static partial Regex ListeningLine();
}
