using System.Globalization;
using ServiceOffices.ODataFuzz;

namespace ODataEngine.Tests.Execution;

/// <summary>The first cases of tests/ODataFuzz, which runs as many as one likes.</summary>
public sealed class EngineFuzzTests
{
    [Fact]
    public void Engine_RandomRequests_ReturnsDefinedStatus()
    {
        var cases = new FuzzCases(seed: 1);
        // The program allows 2 s; here a hundred other tests run beside.
        var run = new FuzzRun(TimeSpan.FromSeconds(10));

        var problems = Enumerable.Range(0, 2_000)
            .Select(number => (Number: number, Problem: run.Judge(cases[number])))
            .Where(judged => judged.Problem is not null)
            .Select(judged => string.Create(CultureInfo.InvariantCulture, $"case {judged.Number}: {judged.Problem}\n{cases[judged.Number]}"));

        Assert.Empty(problems);
    }
}
