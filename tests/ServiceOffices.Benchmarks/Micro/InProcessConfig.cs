using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>
/// The BenchmarkDotNet configuration of this project: in this process, because building a program for each benchmark takes
/// minutes on a small machine, and with few iterations, because only results of one run are compared.
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
