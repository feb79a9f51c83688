using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>Reports each scenario of tests/browser as a separate test.</summary>
public sealed partial class BrowserTests(BrowserFixture run) : IClassFixture<BrowserFixture>
{
    /// <summary>The names of the scenarios in the scripts.</summary>
    public static TheoryData<string> Scenarios =>
    [
        .. Directory.GetFiles(Repository.PathTo("tests", "browser"), "*.mjs").Order(StringComparer.Ordinal)
            .SelectMany(file => Scenario().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value),
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_InBrowser_Passes(string scenario)
    {
        var results = await run.ResultsAsync();

        Assert.True(results.TryGetValue(scenario, out var result), $"The scripts did not run this scenario. They ran: {string.Join(", ", results.Keys)}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{result!.Measured}");
        Assert.True(result.Error is null, result.Error);
    }

    [Fact]
    public async Task Scenarios_All_WereRun() =>
        Assert.Equal(Scenarios.Select(row => row.Data).Order(StringComparer.Ordinal), (await run.ResultsAsync()).Keys.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^scenario\('(?<name>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex Scenario();
}

/// <summary>One run of all scenarios of tests/browser in a real browser, against the local host as <c>dotnet run</c> starts it.</summary>
public sealed class BrowserFixture : RunningHost
{
    private const string NoBrowser = "NO BROWSER";

    private readonly Lazy<Task<IReadOnlyDictionary<string, ScenarioResult>>> results;

    public BrowserFixture()
    {
        results = new(RunAsync);
    }

    /// <summary>Gets the result of each scenario. Skips the test if there is no browser, unless CI=true.</summary>
    internal Task<IReadOnlyDictionary<string, ScenarioResult>> ResultsAsync() => results.Value;

    private async Task<IReadOnlyDictionary<string, ScenarioResult>> RunAsync()
    {
        var output = await NodeTool.RunAsync("browser/portal.mjs", Client.BaseAddress!.ToString().TrimEnd('/'));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines is [NoBrowser])
        {
            const string Why = "Chromium is not installed (apt-get install chromium); CHROMIUM may name another path of it";
            Assert.False(Repository.IsCI, $"{Why} (CI=true: nothing is skipped)");
            Assert.Skip(Why);
        }

        return lines.Select(line => JsonSerializer.Deserialize<ScenarioResult>(line, JsonSerializerOptions.Web)!)
            .ToDictionary(result => result.Name, StringComparer.Ordinal);
    }
}

/// <summary>The result of a browser scenario.</summary>
/// <param name="Error">The error; null if the scenario passed.</param>
/// <param name="Measured">The measured values.</param>
internal sealed record ScenarioResult(string Name, string? Error, JsonElement? Measured);
