using System.Globalization;

namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>The tables of docs/costs.md that are reckoned, as Markdown.</summary>
internal sealed class CostTables(MonthlyCosts costs)
{
    // 38 requests a second are far below what one instance answers; two, because waves come.
    private static readonly (decimal Requests, int Instances)[] Months = [(10_000, 1), (1_000_000, 1), (100_000_000, 2)];

    /// <summary>Of the third month a tenth reaches the app: one instance answers it.</summary>
    private const int InstancesBehindFrontDoor = 1;
    private const string Head = "| | 10 thousand | 1 million | 100 million |\n|---|---|---|---|\n";

    public string AtRest() =>
        "| what | how | a month |\n|---|---|---|\n"
        + Line("the timer", $"{N(costs.TimerRuns)} runs = {N(costs.TimerGigabyteSeconds)} GB-seconds and as many executions, within what is free", 0)
        + Line("tables", $"{N(costs.TimerRuns)} refreshes × 9 = {N(costs.TableRequests)} requests", costs.Tables)
        + Line("blobs, refreshes", $"{N(costs.RefreshLists)} lists, {N(costs.RefreshReads)} reads and leases", costs.Refreshes)
        + Line("blobs, the Functions host", $"{N(costs.HostWrites)} writes, {N(costs.HostRenewals)} renewals", costs.Host)
        + Line("blobs, publications", $"{N(costs.EditWrites)} writes", costs.Edits)
        + Line("blobs, kept", $"{costs.GigabytesKept.ToString("0.0", CultureInfo.InvariantCulture)} GB after a year", costs.Kept)
        + Line("telemetry", $"{costs.TelemetryAtRest.ToString("0.0", CultureInfo.InvariantCulture)} GB, within what is free", costs.TelemetryOf(costs.TelemetryAtRest))
        + Line("alerts", $"searches {D(costs.Searches)}, metrics {D(costs.Alerts - costs.Searches)}", costs.Alerts)
        + Line("**together**", "", costs.AtRest);

    public string WithReaders() =>
        Head
        + Row("requests a second, mean", (requests, _) => (requests / costs.Month).ToString("0.####", CultureInfo.InvariantCulture))
        + Row("instances assumed", (_, instances) => N(instances))
        + Row("seconds in which they run", (requests, instances) => N(costs.Awake(requests, instances)))
        + Row("GB-seconds, with the timer's", (requests, instances) => N(costs.GigabyteSeconds(requests, instances)))
        + Row("those that are not free", (requests, instances) => D(costs.OnDemandTime(requests, instances)))
        + Row("executions that are not free", (requests, _) => D(costs.OnDemandExecutions(requests)))
        + Row("**on demand**", (requests, instances) => D(costs.OnDemand(requests, instances)))
        + Row("sent, GB", (requests, _) => G(costs.GigabytesSent(requests)))
        + Row("**sent**", (requests, _) => D(costs.Sent(requests)))
        + Row("**blobs asked for news**", (requests, instances) => D(costs.News(requests, instances)))
        + Row("telemetry, GB: at rest, traces, the host's records, metrics", (requests, instances) =>
            $"{G(costs.TelemetryAtRest)} + {G(costs.Traces(requests, instances))} + {G(costs.HostRecords(requests))} + {G(costs.Metrics(requests, instances))} = {G(costs.TelemetryAsked(requests, instances))}{Capped(requests, instances)}")
        + Row("**telemetry**", (requests, instances) => D(costs.Telemetry(requests, instances)))
        + Row("**at rest**", (_, _) => D(costs.AtRest))
        + Row("**together, on demand**", (requests, instances) => D(costs.Direct(requests, instances)))
        + "\n" + Head.Replace("| |", "| instead of on demand |", StringComparison.Ordinal)
        + Row("always ready: waiting", (_, instances) => D(costs.Waiting(instances)))
        + Row("running, and executions", (requests, instances) => D(costs.Running(requests, instances, isTimerToo: false)))
        + Row("**together, always ready**", (requests, instances) => D(Instead(requests, instances, costs.Waiting(instances) + costs.Running(requests, instances, isTimerToo: false))))
        + Row("as prod, zone-redundant: four waiting", (_, _) => D(costs.Waiting(4)))
        + Row("running, and executions", (requests, instances) => D(costs.Running(requests, instances, isTimerToo: true)))
        + Row("**together, zone-redundant**", (requests, instances) => D(Instead(requests, instances, costs.Waiting(4) + costs.Running(requests, instances, isTimerToo: true))));

    public string WithFrontDoor() =>
        Head
        + Row("Front Door", (requests, _) => D(costs.FrontDoor(requests)))
        + Row("requests that reach the app", (requests, _) => N(costs.ForApp(requests)))
        + Row("the app, on demand", (requests, _) => D(costs.OnDemand(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("sent from the app", (_, _) => D(0))
        + Row("blobs asked for news", (requests, _) => D(costs.News(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("telemetry, GB", (requests, _) => G(costs.TelemetryAsked(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("telemetry", (requests, _) => D(costs.Telemetry(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("at rest", (_, _) => D(costs.AtRest))
        + Row("**together, on demand**", (requests, _) => D(costs.BehindFrontDoor(requests, InstancesBehindFrontDoor)))
        + Row("without Front Door", (requests, instances) => D(costs.Direct(requests, instances)))
        + Row("**as prod**: Front Door, zone-redundant", (requests, _) => D(AsProd(requests)))
        + $"\nFront Door makes the month cheaper from about {N(BreakEven())} requests on.\n";

    public string Ceilings() =>
        "| what | a month |\n|---|---|\n"
        + $"| 100 instances that run all the time, on demand | {D(costs.RunningAllMonth(100))} |\n"
        + $"| four instances that wait | {D(costs.Waiting(4))} |\n"
        + $"| telemetry at the cap, {N(Math.Round(costs.TelemetryAtMost))} GB | {D(costs.TelemetryOf(costs.TelemetryAtMost))} |\n"
        + $"| three private endpoints | {D(costs.PrivateEndpoints(3))} |\n";

    private decimal Instead(decimal requests, int instances, decimal alwaysReady) =>
        costs.Direct(requests, instances) - costs.OnDemand(requests, instances) + alwaysReady;

    private decimal AsProd(decimal requests)
    {
        var reaching = costs.ForApp(requests);
        return costs.BehindFrontDoor(requests, InstancesBehindFrontDoor) - costs.OnDemand(reaching, InstancesBehindFrontDoor)
            + costs.Waiting(4) + costs.Running(reaching, InstancesBehindFrontDoor, isTimerToo: true);
    }

    private decimal BreakEven()
    {
        const decimal Step = 50_000;
        var requests = Step;
        while (costs.BehindFrontDoor(requests, 1) > costs.Direct(requests, 1))
        {
            requests += Step;
        }

        return requests;
    }

    private string Capped(decimal requests, int instances) =>
        costs.TelemetryAsked(requests, instances) > costs.TelemetryAtMost ? $", capped at {G(costs.TelemetryAtMost)}" : "";

    private static string Row(string what, Func<decimal, int, string> amount)
    {
        var bold = what.StartsWith("**together", StringComparison.Ordinal) ? "**" : "";
        return $"| {what} | {string.Join(" | ", Months.Select(month => bold + amount(month.Requests, month.Instances) + bold))} |\n";
    }

    private static string Line(string what, string how, decimal amount) =>
        what.StartsWith("**", StringComparison.Ordinal) ? $"| {what} | | **{D(amount)}** |\n" : $"| {what} | {how} | {D(amount)} |\n";

    private static string D(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:#,0.00}");

    private static string G(decimal gigabytes) => gigabytes.ToString("0.##", CultureInfo.InvariantCulture);

    private static string N(decimal count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
