if (OperatorCommand.IsNamedBy(args))
{
    return await OperatorCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
}

return CommandLine.IsCommand(args) ? await CommandLine.RunAsync(args) : await LocalHostApp.RunAsync(args);
