using System.Text.RegularExpressions;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.Portal;

/// <summary>Each scenario of tests/browser as a test of its own: its code is there, its verdict here.</summary>
public sealed partial class BrowserTests(BrowserFixture run) : IClassFixture<BrowserFixture>
{
    /// <summary>The scenarios' names, as the scripts state them.</summary>
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

        Assert.True(results.TryGetValue(scenario, out var result), $"The scripts ran no scenario of that name, but: {string.Join(", ", results.Keys)}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{result!.Measured}");
        Assert.True(result.Error is null, result.Error);
    }

    [Fact]
    public async Task Scenarios_All_WereRun() =>
        Assert.Equal(Scenarios.Select(row => row.Data).Order(StringComparer.Ordinal), (await run.ResultsAsync()).Keys.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^scenario\('(?<name>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex Scenario();
}
