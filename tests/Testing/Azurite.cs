using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using ServiceOffices.Storage.AzureStorage;

namespace ServiceOffices.Testing;

/// <summary>
/// An Azurite (tables and blobs, in memory) for one test class, its <see cref="IClassFixture{TFixture}"/>. The class takes it as
/// a constructor parameter, starts with <c>Assert.SkipUnless(azurite.IsAvailable, azurite.WhyNot)</c>, and uses table and
/// container names of its own.
/// </summary>
/// <remarks>
/// Not one for the whole run: ten minutes after its start, and every ten minutes from there, an Azurite throws away the blobs
/// that were replaced. It takes time by the square of their number, minutes for what all tests leave, and answers nobody meanwhile.
/// </remarks>
/// <exception cref="InvalidOperationException">Azurite is missing while CI=true, or it did not start.</exception>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";

    // The emulator's documented key, the same in every installation: no secret.
    private const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Azurite lives only while its standard input is open. The system closes that pipe however the test host ends,
    // kill -9 included, so no run leaves a process behind.
    private const string ExitWithParent =
        "data:text/javascript,process.stdin.on('end',()=>process.exit(0)).resume()";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Uri> listening = [];
    private readonly List<string> errors = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    /// <summary>False when Azurite is not installed; <see cref="SkipReason"/> then says what to do.</summary>
    public bool IsAvailable => process is not null;

    /// <summary>Why the tests that need Azurite are skipped; empty when it runs.</summary>
    public string SkipReason { get; private set; } = "";

    /// <summary>For BlobServiceClient and TableServiceClient alike.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};" +
        $"BlobEndpoint={BlobEndpoint};TableEndpoint={TableEndpoint};";

    /// <summary>Clients that wait: on a busy machine Azurite can be slow, which is not what they test.</summary>
    public AzureStorageClients Clients => AzureStorageClients.FromConnectionString(ConnectionString, TimeSpan.FromSeconds(60));

    /// <summary>The blob service with the account's name, no slash at the end.</summary>
    public Uri BlobEndpoint => Endpoint("Blob");

    /// <summary>The table service with the account's name, no slash at the end.</summary>
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

    private void ThrowIfCI(string why)
    {
        SkipReason = why;
        if (Repository.IsCI)
        {
            throw new InvalidOperationException($"{why} (CI=true: nothing is skipped)");
        }
    }

    private Process Start(string script)
    {
        // Port 0: the system picks a free one and Azurite prints it, so the port is surely this process's.
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
