using CsCheck;

namespace ServiceOffices.Testing;

/// <summary>Generated cases that are the same in every run: a test that passes today passes tomorrow.</summary>
internal static class SeededCheck
{
    /// <summary>Fails with the first case for which a property throws, shrunk and with the seed that makes it.</summary>
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
                // Again, from this seed on, now looking for smaller ones.
                cases.Sample(property, seed: seed, iter: 2_000, threads: 1, print: print!);
                throw;
            }
        }
    }
}
