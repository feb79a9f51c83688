return OperatorCommand.IsNamedBy(args)
    ? await OperatorCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None)
    : await LocalHostApp.RunAsync(args);
