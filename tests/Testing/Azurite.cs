using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using ServiceOffices.Storage.AzureStorage;

namespace ServiceOffices.Testing;

/// <summary>
/// An Azurite process (tables and blobs, in memory) for one test class, used as <see cref="IClassFixture{TFixture}"/>. The class takes it as
/// a constructor parameter, starts with <c>Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason)</c>, and uses its own table and
/// container names.
/// </summary>
/// <remarks>
/// One process for the whole run is too slow: every ten minutes Azurite deletes replaced blobs, in quadratic time (minutes for the
/// blobs of all tests), and does not respond meanwhile.
/// </remarks>
/// <exception cref="InvalidOperationException">Azurite is missing and CI=true, or it did not start.</exception>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";

    // The documented key of the emulator, not a secret.
    private const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Azurite ends when its standard input closes. The system closes that pipe however the test host ends,
    // including kill -9, so no process is left running.
    private const string ExitWithParent =
        "data:text/javascript,process.stdin.on('end',()=>process.exit(0)).resume()";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Uri> listening = [];
    private readonly List<string> errors = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    /// <summary>False if Azurite is not installed; <see cref="SkipReason"/> then describes how to install it.</summary>
    public bool IsAvailable => process is not null;

    /// <summary>The reason for skipping tests that need Azurite; empty if it is running.</summary>
    public string SkipReason { get; private set; } = "";

    /// <summary>The connection string for both BlobServiceClient and TableServiceClient.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};" +
        $"BlobEndpoint={BlobEndpoint};TableEndpoint={TableEndpoint};";

    /// <summary>Clients with a long timeout, because Azurite can be slow on a busy machine.</summary>
    public AzureStorageClients Clients => AzureStorageClients.FromConnectionString(ConnectionString, TimeSpan.FromSeconds(60));

    /// <summary>The URL of the blob service with the account name, without a trailing slash.</summary>
    public Uri BlobEndpoint => Endpoint("Blob");

    /// <summary>The URL of the table service with the account name, without a trailing slash.</summary>
    public Uri TableEndpoint => Endpoint("Table");

    private Uri Endpoint(string service) => new(listening[service], Account);

    public async ValueTask InitializeAsync()
    {
        string script = Repository.PathTo("tests", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            ThrowIfCI("Azurite is not installed; run: npm ci --prefix tests");
            return;
        }

        try
        {
            process = Start(script);
        }
        catch (Win32Exception e)
        {
            ThrowIfCI($"Azurite needs Node.js 20 or later on the PATH: {e.Message}");
            return;
        }

        await started.Task.WaitAsync(StartLimit);
    }

    private void ThrowIfCI(string reason)
    {
        SkipReason = reason;
        if (Repository.IsCI)
        {
            throw new InvalidOperationException($"{reason} (CI=true: nothing is skipped)");
        }
    }

    private Process Start(string script)
    {
        // Port 0: the system chooses a free port and Azurite prints it, so the port belongs to this process.
        string[] arguments =
        [
            "--import", ExitWithParent, script,
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
            "--blobHost", "127.0.0.1", "--blobPort", "0",
            "--tableHost", "127.0.0.1", "--tablePort", "0",
            "--queueHost", "127.0.0.1", "--queuePort", "0",
        ];
        Process child = new()
        {
            StartInfo = new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Repository.PathTo("tests"),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        child.OutputDataReceived += (_, line) => OnOutputLine(line.Data);
        child.ErrorDataReceived += (_, line) => OnErrorLine(line.Data);
        child.Exited += (_, _) => started.TrySetException(new InvalidOperationException(
            $"Azurite ended before it listened, exit code {child.ExitCode}: {FormatErrors()}"));
        child.Start();
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }

    private void OnOutputLine(string? line)
    {
        Match match = ListeningLine().Match(line ?? "");
        if (!match.Success)
        {
            return;
        }

        lock (gate)
        {
            listening[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
            if (listening.ContainsKey("Blob") && listening.ContainsKey("Table"))
            {
                started.TrySetResult();
            }
        }
    }

    private void OnErrorLine(string? line)
    {
        lock (gate)
        {
            if (!string.IsNullOrEmpty(line))
            {
                errors.Add(line);
            }
        }
    }

    private string FormatErrors()
    {
        lock (gate)
        {
            return errors.Count == 0 ? "it printed no error" : string.Join(' ', errors);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>http://127\.0\.0\.1:[1-9]\d*)$")]
    private static partial Regex ListeningLine();
}
