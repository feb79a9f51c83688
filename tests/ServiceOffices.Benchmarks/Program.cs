using BenchmarkDotNet.Running;
using ServiceOffices.Benchmarks.Commands;
using ServiceOffices.Benchmarks.Compare;
using ServiceOffices.Benchmarks.Micro;

// dotnet run -c Release --project tests/ServiceOffices.Benchmarks -- COMMAND
// COMMAND is one of the names below; other arguments are passed to BenchmarkDotNet (--list flat, --filter '*Csv*').
return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(rest),
    ["exports", .. var rest] => await ExportCommand.RunAsync(rest),
    ["start", .. var rest] => await StartupCommand.RunAsync(rest),
    ["scale", .. var rest] => await ScaleCommand.RunAsync(rest),
    ["imports", .. var rest] => await ImportCommand.RunAsync(rest),
    ["edits", .. var rest] => await EditCommand.RunAsync(rest),
    ["refresh", .. var rest] => await RefreshCommand.RunAsync(rest),
    ["load", .. var rest] => await LoadCommand.RunAsync(rest),
    ["history", .. var rest] => await HistoryCommand.RunAsync(rest),
    ["capacity", .. var rest] => await CapacityCommand.RunAsync(rest),
    _ => RunClasses(),
};

int RunClasses()
{
    BenchmarkSwitcher.FromAssembly(typeof(HistoryCommand).Assembly).Run(args, InProcessConfig.Value);
    return 0;
}
