using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ODataEngine.Protocol;
using ServiceOffices.LocalHost.Commands;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Telemetry;
using ServiceOffices.Testing;
using ServiceOffices.Testing.OData;

namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>Compares docs/operations.md, the alerts and the workbook with the telemetry of the application.</summary>
public sealed class OperationsTests
{
    private static readonly string Documentation = File.ReadAllText(Repository.PathTo("docs", "operations.md"));
    private static readonly string MetricsSource = File.ReadAllText(Repository.PathTo("functions", "ServiceOffices", "Telemetry", "Metrics.cs"))
        + File.ReadAllText(Repository.PathTo("functions", "ODataEngine", "Telemetry", "EngineTelemetry.cs"));

    private static readonly string AlertsFolder = Repository.PathTo("infra-bicep", "alerts");

    /// <summary>The files of infra-bicep that query telemetry.</summary>
    public static TheoryData<string> Queries =>
        ["workbook.json", .. Directory.GetFiles(AlertsFolder).Select(file => "alerts/" + Path.GetFileName(file))];

    [Fact]
    public void Documentation_Metrics_MatchMeter()
    {
        var documented = Regex.Matches(Documentation, @"^\| `(serviceoffices\.[a-z.]+)` \| (\S+) \|", RegexOptions.Multiline)
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");

        Assert.Equal(
            Measured().Keys.Select(instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Workbook_Metrics_MatchMeter()
    {
        var shown = WorkbookQueries().SelectMany(GetMetricNames).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Measured().Keys.Select(instrument => instrument.Name).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Queries_Attributes_ExistOnMetric()
    {
        var measured = Measured().ToDictionary(instrument => instrument.Key.Name, instrument => instrument.Value);
        var asked =
            from query in WorkbookQueries().Concat(Directory.GetFiles(AlertsFolder).Select(File.ReadAllText))
            from metric in GetMetricNames(query)
            from attribute in Regex.Matches(query, @"Properties\['([^']+)'\]").Select(match => match.Groups[1].Value)
            select (metric, attribute);

        Assert.NotEmpty(asked);
        Assert.All(asked, pair => Assert.Contains(pair.attribute, measured[pair.metric]));
    }

    [Fact]
    public void Query_RequestDuration_ExcludesTimer()
    {
        var queries = WorkbookQueries().Concat(Directory.GetFiles(AlertsFolder).Select(File.ReadAllText)).Where(query => query.Contains("AppRequests", StringComparison.Ordinal)).ToList();

        // Fifteen slow refreshes among a hundred requests are not slow responses.
        Assert.Equal(2, queries.Count);
        Assert.All(queries, query => Assert.Contains("AppRequests\n| where isnotempty(Url)\n", query, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_AlertOrWorkbook_UsesExistingTelemetry(string file)
    {
        var query = File.ReadAllText(Repository.PathTo("infra-bicep", file));

        Assert.All(
            Regex.Matches(query, @"Name == '([^']+)'").Concat(Regex.Matches(query, @"Properties\['([^']+)'\]")).Select(match => match.Groups[1].Value),
            name => Assert.Contains($"\"{name}\"", MetricsSource, StringComparison.Ordinal));
        Assert.All(
            Regex.Matches(query, @"refresh\.outcome'\]\) in \(([^)]+)\)").SelectMany(match => match.Groups[1].Value.Split(", ")),
            result => Assert.Contains(result.Trim('\''), Enum.GetNames<RefreshResult>().Append("Failed")));
    }

    [Fact]
    public void Alerts_All_HaveInstructions()
    {
        var bicep = File.ReadAllText(Repository.PathTo("infra-bicep", "alerts.bicep"));
        var searches = Regex.Matches(bicep, @"^    name: '([a-z-]+)'$", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        var queries = Regex.Matches(bicep, @"loadTextContent\('alerts/([a-z-]+)\.kql'\)").Select(match => match.Groups[1].Value);
        var metricAlerts = Regex.Matches(bicep, @"metricAlerts@[^\n]+\n  name: '\$\{namePrefix\}-([a-z-]+)'").Select(match => match.Groups[1].Value);
        var begin = Documentation.IndexOf("## Alerts", StringComparison.Ordinal);
        var section = Documentation[begin..Documentation.IndexOf("\n## ", begin, StringComparison.Ordinal)];
        var documented = Regex.Matches(section, @"^\| ([a-z]+-[a-z-]+) \| [^|]+ \| [^|]+ \|$", RegexOptions.Multiline).Select(row => row.Groups[1].Value);

        Assert.Equal(searches, queries);
        Assert.Equal(Directory.GetFiles(AlertsFolder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), queries.Order(StringComparer.Ordinal));
        Assert.Equal(searches.Concat(metricAlerts).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("restore 41")]
    public void Documentation_Commands_ExistInLocalHost(string command)
    {
        Assert.Contains($"--project functions/LocalHost -- {command} ", Documentation, StringComparison.Ordinal);
        Assert.True(CommandLineApp.IsCommand(command.Split(' ')));
    }

    /// <summary>Gets every instrument of the meter with the names of its attributes, after a measurement of each.</summary>
    private static Dictionary<Instrument, SortedSet<string>> Measured()
    {
        var measured = new ConcurrentDictionary<Instrument, SortedSet<string>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, itself) =>
        {
            if (instrument.Meter.Name == Tracing.SourceName)
            {
                measured[instrument] = new SortedSet<string>(StringComparer.Ordinal);
                itself.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, attributes, _) => Add(instrument, attributes));
        listener.SetMeasurementEventCallback<long>((instrument, _, attributes, _) => Add(instrument, attributes));
        listener.SetMeasurementEventCallback<int>((instrument, _, attributes, _) => Add(instrument, attributes));
        RuntimeHelpers.RunClassConstructor(typeof(Metrics).TypeHandle);
        listener.Start();
        Metrics.RecordRequest("/test", "GET", 200, 1, TimeSpan.Zero);
        new SampleEngine([new Sample { Id = 0, Text = "" }], options: new ODataOptions { Telemetry = Metrics.Engine }).GetJson("samples");
        Metrics.RecordCacheLookup("test", isHit: true);
        Metrics.RecordRejection("test");
        Metrics.RecordRefresh(nameof(RefreshResult.NothingNew), 0, TimeSpan.Zero);
        Metrics.RecordPublicationAge(TimeSpan.Zero);
        return measured.ToDictionary();

        // Other tests of this process measure at the same time.
        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> attributes)
        {
            var names = measured[instrument];
            lock (names)
            {
                foreach (var attribute in attributes)
                {
                    names.Add(attribute.Key);
                }
            }
        }
    }

    private static IEnumerable<string> WorkbookQueries() =>
        from item in JsonElement.Parse(File.ReadAllText(Repository.PathTo("infra-bicep", "workbook.json"))).GetProperty("items").EnumerateArray()
        let content = item.GetProperty("content")
        where content.TryGetProperty("query", out _)
        select content.GetProperty("query").GetString()!;

    private static IEnumerable<string> GetMetricNames(string query) => Regex.Matches(query, @"\bName == '([^']+)'").Select(match => match.Groups[1].Value);
}
