using System.Text.Json;
using ServiceOffices.Tests.Fixtures;
using ServiceOffices.Tests.LocalHost;

namespace ServiceOffices.Tests.Portal;

/// <summary>One run of every scenario of tests/browser in a real browser, on the platform as <c>dotnet run</c> starts it.</summary>
public sealed class BrowserFixture : RunningHost
{
    private const string NoBrowser = "NO BROWSER";

    private readonly Lazy<Task<IReadOnlyDictionary<string, ScenarioResult>>> results;

    public BrowserFixture()
    {
        results = new(RunAsync);
    }

    /// <summary>The result of each scenario. The test is skipped where there is no browser, except where CI=true.</summary>
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
