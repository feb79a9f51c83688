using System.Runtime.InteropServices;
using ServiceOffices.LocalHost.Commands;

if (OperatorCommand.CanHandle(args))
{
    return await OperatorCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
}

if (!CommandLineApp.IsCommand(args))
{
    return await LocalHostApp.RunAsync(args);
}

using CancellationTokenSource stop = new();

// The first Ctrl-C lets the command end by itself, which also gives the terminal its cursor back; the second does not wait.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
});
return await CommandLineApp.RunAsync(args, cancellationToken: stop.Token);
