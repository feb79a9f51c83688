return await LocalHostApp.RunAsync(args);
