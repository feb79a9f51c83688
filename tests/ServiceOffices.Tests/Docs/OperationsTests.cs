using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ServiceOffices.Publishing;
using ServiceOffices.Telemetry;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.Docs;

/// <summary>docs/operations.md, the alerts and the workbook against what the platform measures.</summary>
public sealed class OperationsTests
{
    private static readonly string Documentation = File.ReadAllText(Repository.PathTo("docs", "operations.md"));
    private static readonly string MeasuresSource = File.ReadAllText(Repository.PathTo("functions", "ServiceOffices", "Telemetry", "Measures.cs"));

    /// <summary>Whatever of infra-bicep asks for telemetry.</summary>
    public static TheoryData<string> Queries =>
        ["workbook.json", .. Directory.GetFiles(Repository.PathTo("infra-bicep", "alerts")).Select(file => "alerts/" + Path.GetFileName(file))];

    [Fact]
    public void Metrics_OfTheDocumentation_AreThoseOfTheMeter()
    {
        var measured = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == Traced.SourceName)
            {
                measured.Add($"{instrument.Name} {instrument.Unit}");
            }
        };
        RuntimeHelpers.RunClassConstructor(typeof(Measures).TypeHandle);
        listener.Start();

        var documented = Regex.Matches(Documentation, @"^\| `(serviceoffices\.[a-z.]+)` \| (\S+) \|", RegexOptions.Multiline)
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");

        Assert.Equal(measured.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_OfAnAlertOrTheWorkbook_AsksForWhatIsMeasured(string file)
    {
        var query = File.ReadAllText(Repository.PathTo("infra-bicep", file));

        Assert.All(
            Regex.Matches(query, @"Name == '([^']+)'").Concat(Regex.Matches(query, @"Properties\['([^']+)'\]")).Select(match => match.Groups[1].Value),
            name => Assert.Contains($"\"{name}\"", MeasuresSource, StringComparison.Ordinal));
        Assert.All(
            Regex.Matches(query, @"refresh\.outcome'\]\) in \(([^)]+)\)").SelectMany(match => match.Groups[1].Value.Split(", ")),
            outcome => Assert.Contains(outcome.Trim('\''), Enum.GetNames<RefreshResult>().Append("Failed")));
    }

    [Fact]
    public void Alerts_AllOfThem_SayWhatToDo()
    {
        var bicep = File.ReadAllText(Repository.PathTo("infra-bicep", "alerts.bicep"));
        var searches = Regex.Matches(bicep, @"^    name: '([a-z-]+)'$", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        var metricAlerts = Regex.Matches(bicep, @"metricAlerts@[^\n]+\n  name: '\$\{namePrefix\}-([a-z-]+)'").Select(match => match.Groups[1].Value);
        var begin = Documentation.IndexOf("## Alerts", StringComparison.Ordinal);
        var section = Documentation[begin..Documentation.IndexOf("\n## ", begin, StringComparison.Ordinal)];
        var documented = Regex.Matches(section, @"^\| ([a-z]+-[a-z-]+) \| [^|]+ \| [^|]+ \|$", RegexOptions.Multiline).Select(row => row.Groups[1].Value);

        Assert.Equal(searches.Concat(metricAlerts).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("restore 41")]
    public void Commands_OfTheDocumentation_AreThoseOfTheLocalHost(string command)
    {
        Assert.Contains($"--project functions/LocalHost -- {command} ", Documentation, StringComparison.Ordinal);
        Assert.True(ServiceOffices.LocalHost.OperatorCommand.IsNamedBy(command.Split(' ')));
    }
}
