using System.Globalization;
using ServiceOffices.ODataFuzz;

namespace ODataEngine.Tests.Execution;

/// <summary>The first cases of tests/ODataFuzz, which runs any number of them.</summary>
public sealed class EngineFuzzTests
{
    [Fact]
    public void Engine_RandomRequests_ReturnsDefinedStatus()
    {
        var cases = new FuzzCases(seed: 1);
        // The program allows 2 s; here other tests run at the same time.
        var run = new FuzzRun(TimeSpan.FromSeconds(20));

        var problems = Enumerable.Range(0, 600)
            .Select(number => (Number: number, Problem: run.FindProblem(cases[number])))
            .Where(result => result.Problem is not null)
            .Select(result => string.Create(CultureInfo.InvariantCulture, $"case {result.Number}: {result.Problem}\n{cases[result.Number]}"));

        Assert.Empty(problems);
    }
}
