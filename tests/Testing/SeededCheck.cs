using CsCheck;

namespace ServiceOffices.Testing;

/// <summary>Checks properties with generated cases from a fixed seed, so that every run has the same cases.</summary>
internal static class SeededCheck
{
    /// <summary>Fails with the first case for which a property throws, shrunk, and with its seed.</summary>
    public static void Run<T>(Gen<T> cases, int count, Action<T> property, Func<T, string>? print = null)
    {
        for (uint number = 0; number < count; number++)
        {
            var random = new PCG(number, 20180515);
            var seed = random.ToString();
            var item = cases.Generate(random, null, out _);
            try
            {
                property(item);
            }
            catch (Exception)
            {
                // Repeats from this seed to find smaller cases.
                cases.Sample(property, seed: seed, iter: 2_000, threads: 1, print: print!);
                throw;
            }
        }
    }
}
