using BenchmarkDotNet.Running;
using ServiceOffices.Benchmarks;

// dotnet run -c Release --project tests/ServiceOffices.Benchmarks -- WHAT
// WHAT is one of the programs below; anything else goes to BenchmarkDotNet (--list flat, --filter '*Csv*').
return args switch
{
    ["compare", .. var rest] => await CompareProgram.RunAsync(rest),
    ["exports", .. var rest] => await ExportProgram.RunAsync(rest),
    ["start", .. var rest] => await StartProgram.RunAsync(rest),
    ["scale", .. var rest] => await ScaleProgram.RunAsync(rest),
    ["imports", .. var rest] => await ImportProgram.RunAsync(rest),
    ["edits", .. var rest] => await EditProgram.RunAsync(rest),
    ["refresh", .. var rest] => await RefreshProgram.RunAsync(rest),
    ["load", .. var rest] => await LoadProgram.RunAsync(rest),
    ["history", .. var rest] => await HistoryProgram.RunAsync(rest),
    ["capacity", .. var rest] => await CapacityProgram.RunAsync(rest),
    _ => RunClasses(),
};

int RunClasses()
{
    BenchmarkSwitcher.FromAssembly(typeof(HistoryProgram).Assembly).Run(args, InProcessConfig.Value);
    return 0;
}
