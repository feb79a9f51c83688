using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>A server in a separate process on a free port of this machine; disposing this object ends it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly Process process;

    private ServerProcess(Process process, Uri root)
    {
        this.process = process;
        Root = root;
    }

    /// <summary>The root URL without a trailing slash: http://127.0.0.1:5000/odata.</summary>
    public Uri Root { get; }

    /// <summary>The time from the start of the process to the end of the first response.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>The peak of the resident memory of the process in bytes.</summary>
    public long PeakBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>The processor time of the process so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="command">The command line that starts the server; port and data follow.</param>
    /// <param name="ready">A path that returns 200 when the server is ready.</param>
    public static async Task<ServerProcess> StartAsync(IReadOnlyList<string> command, string data, string ready, params IReadOnlyList<string> more)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), port.ToString(CultureInfo.InvariantCulture), data, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var stopwatch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var program = new ServerProcess(process, new Uri($"http://127.0.0.1:{port}/odata"));
        try
        {
            await program.WaitAsync(ready);
        }
        catch
        {
            program.Dispose();
            throw;
        }

        program.FirstAnswer = stopwatch.Elapsed;
        return program;
    }

    public Uri Url(string request) => new(Root.AbsoluteUri + request);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private async Task WaitAsync(string ready)
    {
        using var client = new HttpClient();
        for (var stopwatch = Stopwatch.StartNew(); stopwatch.Elapsed < StartTimeout && !process.HasExited;)
        {
            try
            {
                using var response = await client.GetAsync(Url(ready));
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(2);
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not return 200 for {ready}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
