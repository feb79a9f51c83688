await LocalHostApp.RunAsync(args);
