using System.Runtime.InteropServices;
using ServiceOffices.LocalHost.Commands;

if (!CommandLineApp.IsCommand(args))
{
    return await LocalHostApp.RunAsync(args);
}

using CancellationTokenSource stop = new();

// The first Ctrl-C cancels the command, which then restores the terminal's cursor; the second ends the process immediately.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
});
return await CommandLineApp.RunAsync(args, cancellationToken: stop.Token);
