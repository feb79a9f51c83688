using System.Text.Json;
using System.Text.RegularExpressions;
using NCrontab;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Triggers;

/// <summary>Compares the files of the Functions app with its triggers. OpenApiTests and TriggersTests compare them with the contract.</summary>
public sealed class FunctionAppTests
{
    private const string Begin = "<!-- Begin: functions -->\n";
    private const string End = "<!-- End: functions -->\n";

    private static readonly string Folder = Repository.PathTo("functions", "FunctionApp");
    private static readonly IReadOnlyList<FunctionMethod> Functions = FunctionMethod.Discover(typeof(LocalHostApp).Assembly.GetTypes());
    private static readonly JsonElement Host = JsonElement.Parse(File.ReadAllText(Repository.PathTo("host.json")));

    [Fact]
    public void Readme_Table_MatchesTriggers()
    {
        var path = Path.Combine(Folder, "README.md");
        var readme = File.ReadAllText(path);
        var (begin, end) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var expected = "| function | route or schedule | methods | authorization |\n|---|---|---|---|\n" + string.Concat(Functions.Select(Row));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI)
        {
            File.WriteAllText(path, readme[..begin] + expected + readme[end..]);
            return;
        }

        Assert.Equal(expected, readme[begin..end]);
    }

    [Fact]
    public void Metadata_BuiltApp_MatchesTriggers()
    {
        // .ci/run sets the variable if it could build the app; otherwise there is nothing to compare.
        if (Environment.GetEnvironmentVariable("FUNCTION_APP_METADATA") is not { Length: > 0 } path)
        {
            return;
        }

        var indexed =
            from function in JsonElement.Parse(File.ReadAllText(path)).EnumerateArray()
            let binding = function.GetProperty("bindings").EnumerateArray().Single()
            select binding.GetProperty("type").GetString() == "timerTrigger"
                ? $"{function.GetProperty("name")} {binding.GetProperty("schedule")}"
                : $"{function.GetProperty("name")} {binding.GetProperty("authLevel")} /{binding.GetProperty("route")} {string.Join(' ', binding.GetProperty("methods").EnumerateArray())}";

        Assert.Equal(
            Functions.Select(function => function.Http is { } http
                ? $"{function.Name} {http.AuthLevel} /{http.Route} {string.Join(' ', http.Methods)}"
                : $"{function.Name} {function.Timer!.Schedule}").Order(StringComparer.Ordinal),
            indexed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Solution_FunctionApp_IsListedAndNotBuilt()
    {
        // It is listed for editors but not built, because some feeds lack the packages of the worker; .ci/run builds it.
        var solution = File.ReadAllText(Repository.PathTo("ServiceOffices.slnx"));

        Assert.Contains("FunctionApp.csproj\">\n      <Build Project=\"false\" />\n", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Timers_All_HaveSchedule() =>
        Assert.All(
            Functions.Where(function => function.Timer is not null),
            function => Assert.NotNull(CrontabSchedule.TryParse(function.Timer!.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })));

    // https://learn.microsoft.com/azure/azure-functions/functions-host-json
    [Fact]
    public void HostJson_Settings_AreThoseRequired()
    {
        var http = Host.GetProperty("extensions").GetProperty("http");

        Assert.Equal("2.0", Host.GetProperty("version").GetString());
        Assert.Equal("OpenTelemetry", Host.GetProperty("telemetryMode").GetString());
        Assert.Equal(TimeSpan.FromMinutes(10), TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, null));
        Assert.Equal("", http.GetProperty("routePrefix").GetString());
        Assert.Equal(100, http.GetProperty("maxConcurrentRequests").GetInt32());
        Assert.Equal(200, http.GetProperty("maxOutstandingRequests").GetInt32());
        // Otherwise the host logs two lines per request, Executing and Executed: docs/costs.md.
        Assert.Equal("Warning", Host.GetProperty("logging").GetProperty("logLevel").GetProperty("Function").GetString());
    }

    [Fact]
    public void Project_HostJson_IsLinkedFromRoot()
    {
        var project = File.ReadAllText(Path.Combine(Folder, "FunctionApp.csproj"));

        Assert.Contains("<None Include=\"../../host.json\" Link=\"host.json\"", project, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "host.json")));
    }

    [Fact]
    public void LocalSettings_Example_HasKnownSettingsOnly()
    {
        string[] ofTheRuntime = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "AzureWebJobsDisableHomepage"];
        var documented = Regex.Matches(File.ReadAllText(Repository.PathTo("docs", "settings.md")), "^\\| `([A-Za-z:_]+)` \\|", RegexOptions.Multiline)
            .Select(row => row.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal));
        var example = JsonElement.Parse(File.ReadAllText(Path.Combine(Folder, "local.settings.example.json"))).GetProperty("Values").EnumerateObject();

        Assert.Subset(documented.Concat(ofTheRuntime).ToHashSet(), example.Select(setting => setting.Name).ToHashSet());
    }

    [Fact]
    public void Packages_FunctionApp_HaveCentralVersions()
    {
        var project = File.ReadAllText(Path.Combine(Folder, "FunctionApp.csproj"));
        var central = File.ReadAllText(Repository.PathTo("Directory.Packages.props"));

        Assert.DoesNotContain("Version=", project, StringComparison.Ordinal);
        Assert.All(
            Regex.Matches(project, "<PackageReference Include=\"([^\"]+)\"").Select(package => package.Groups[1].Value),
            package => Assert.Contains($"<PackageVersion Include=\"{package}\"", central, StringComparison.Ordinal));
    }

    private static string Row(FunctionMethod function) => function switch
    {
        { Http: { } http } => $"| {function.Name} | `/{http.Route}` | {string.Join(", ", http.Methods).ToUpperInvariant()} | {(http.AuthLevel == AuthorizationLevel.Anonymous ? "none" : "function key")} |\n",
        { Timer: { } timer } => $"| {function.Name} | `{timer.Schedule}` | | none (timer) |\n",
        _ => throw new InvalidOperationException(function.Name),
    };
}
