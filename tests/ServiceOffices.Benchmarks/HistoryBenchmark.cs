namespace ServiceOffices.Benchmarks;

internal static class HistoryBenchmark
{
    public static Task<int> RunAsync(string[] arguments) => Task.FromResult(arguments.Length);
}
