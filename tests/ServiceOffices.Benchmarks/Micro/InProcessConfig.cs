using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>
/// How BenchmarkDotNet measures the classes of this project: in this process, since the program that it would build for each takes
/// minutes on a small machine, and briefly, since what is compared stands in one table of one run.
/// </summary>
internal static class InProcessConfig
{
    public static IConfig Value { get; } = ManualConfig.Create(DefaultConfig.Instance).AddJob(
        Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(3)
            .WithIterationCount(7)
            .WithIterationTime(TimeInterval.FromMilliseconds(100)));
}
