using System.Globalization;

namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>The calculated tables of docs/costs.md, as Markdown.</summary>
internal sealed class CostTables(MonthlyCosts costs)
{
    // One instance can handle 38 requests per second; two are assumed because of bursts.
    private static readonly (decimal Requests, int Instances)[] Months = [(10_000, 1), (1_000_000, 1), (100_000_000, 2)];

    /// <summary>A tenth of the requests of the third month reach the app, which one instance can handle.</summary>
    private const int InstancesBehindFrontDoor = 1;
    private const string Head = "| | 10 thousand | 1 million | 100 million |\n|---|---|---|---|\n";

    public string AtRest() =>
        "| item | calculation | per month |\n|---|---|---|\n"
        + Line("the timer", $"{N(costs.TimerRuns)} runs = {N(costs.TimerGigabyteSeconds)} GB-seconds and as many executions, within the free amount", 0)
        + Line("tables", $"{N(costs.TimerRuns)} refreshes × 9 = {N(costs.TableRequests)} requests", costs.Tables)
        + Line("blobs, refreshes", $"{N(costs.RefreshLists)} lists, {N(costs.RefreshReads)} reads and leases", costs.Refreshes)
        + Line("blobs, the Functions host", $"{N(costs.HostWrites)} writes, {N(costs.HostRenewals)} renewals", costs.Host)
        + Line("blobs, publications", $"{N(costs.EditWrites)} writes", costs.Edits)
        + Line("blobs, storage", $"{costs.GigabytesStored.ToString("0.0", CultureInfo.InvariantCulture)} GB after a year", costs.Storage)
        + Line("telemetry", $"{costs.TelemetryAtRest.ToString("0.0", CultureInfo.InvariantCulture)} GB, within the free amount", costs.TelemetryCost(costs.TelemetryAtRest))
        + Line("alerts", $"log alerts {D(costs.LogAlerts)}, metric alerts {D(costs.Alerts - costs.LogAlerts)}", costs.Alerts)
        + Line("**total**", "", costs.AtRest);

    public string WithReaders() =>
        Head
        + Row("mean requests per second", (requests, _) => (requests / costs.Month).ToString("0.####", CultureInfo.InvariantCulture))
        + Row("instances assumed", (_, instances) => N(instances))
        + Row("billed seconds", (requests, instances) => N(costs.ActiveSeconds(requests, instances)))
        + Row("GB-seconds, including the timer", (requests, instances) => N(costs.GigabyteSeconds(requests, instances)))
        + Row("GB-seconds beyond the free amount", (requests, instances) => D(costs.OnDemandTime(requests, instances)))
        + Row("executions beyond the free amount", (requests, _) => D(costs.OnDemandExecutions(requests)))
        + Row("**on demand**", (requests, instances) => D(costs.OnDemand(requests, instances)))
        + Row("egress, GB", (requests, _) => G(costs.GigabytesSent(requests)))
        + Row("**egress**", (requests, _) => D(costs.Egress(requests)))
        + Row("**checks for new publications**", (requests, instances) => D(costs.Revalidation(requests, instances)))
        + Row("telemetry, GB: at rest, traces, records of the host, metrics", (requests, instances) =>
            $"{G(costs.TelemetryAtRest)} + {G(costs.Traces(requests, instances))} + {G(costs.HostRecords(requests))} + {G(costs.Metrics(requests, instances))} = {G(costs.TelemetryVolume(requests, instances))}{Capped(requests, instances)}")
        + Row("**telemetry**", (requests, instances) => D(costs.Telemetry(requests, instances)))
        + Row("**at rest**", (_, _) => D(costs.AtRest))
        + Row("**total, on demand**", (requests, instances) => D(costs.Direct(requests, instances)))
        + "\n" + Head.Replace("| |", "| instead of on demand |", StringComparison.Ordinal)
        + Row("always ready: waiting", (_, instances) => D(costs.AlwaysReady(instances)))
        + Row("running and executions", (requests, instances) => D(costs.Running(requests, instances, isTimerToo: false)))
        + Row("**total, always ready**", (requests, instances) => D(ReplaceOnDemand(requests, instances, costs.AlwaysReady(instances) + costs.Running(requests, instances, isTimerToo: false))))
        + Row("prod, zone-redundant: four waiting", (_, _) => D(costs.AlwaysReady(4)))
        + Row("running and executions", (requests, instances) => D(costs.Running(requests, instances, isTimerToo: true)))
        + Row("**total, zone-redundant**", (requests, instances) => D(ReplaceOnDemand(requests, instances, costs.AlwaysReady(4) + costs.Running(requests, instances, isTimerToo: true))));

    public string WithFrontDoor() =>
        Head
        + Row("Front Door", (requests, _) => D(costs.FrontDoor(requests)))
        + Row("requests that reach the app", (requests, _) => N(costs.ForApp(requests)))
        + Row("the app, on demand", (requests, _) => D(costs.OnDemand(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("egress of the app", (_, _) => D(0))
        + Row("checks for new publications", (requests, _) => D(costs.Revalidation(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("telemetry, GB", (requests, _) => G(costs.TelemetryVolume(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("telemetry", (requests, _) => D(costs.Telemetry(costs.ForApp(requests), InstancesBehindFrontDoor)))
        + Row("at rest", (_, _) => D(costs.AtRest))
        + Row("**total, on demand**", (requests, _) => D(costs.BehindFrontDoor(requests, InstancesBehindFrontDoor)))
        + Row("without Front Door", (requests, instances) => D(costs.Direct(requests, instances)))
        + Row("**prod**: Front Door, zone-redundant", (requests, _) => D(GetProductionCost(requests)))
        + $"\nFront Door reduces the total cost from about {N(BreakEven())} requests per month.\n";

    public string Ceilings() =>
        "| item | per month |\n|---|---|\n"
        + $"| 100 instances running all the time, on demand | {D(costs.RunningAllMonth(100))} |\n"
        + $"| four waiting instances | {D(costs.AlwaysReady(4))} |\n"
        + $"| telemetry at the daily cap, {N(Math.Round(costs.MaxTelemetry))} GB | {D(costs.TelemetryCost(costs.MaxTelemetry))} |\n"
        + $"| three private endpoints | {D(costs.PrivateEndpoints(3))} |\n";

    private decimal ReplaceOnDemand(decimal requests, int instances, decimal alwaysReady) =>
        costs.Direct(requests, instances) - costs.OnDemand(requests, instances) + alwaysReady;

    private decimal GetProductionCost(decimal requests)
    {
        var reaching = costs.ForApp(requests);
        return costs.BehindFrontDoor(requests, InstancesBehindFrontDoor) - costs.OnDemand(reaching, InstancesBehindFrontDoor)
            + costs.AlwaysReady(4) + costs.Running(reaching, InstancesBehindFrontDoor, isTimerToo: true);
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
        costs.TelemetryVolume(requests, instances) > costs.MaxTelemetry ? $", capped at {G(costs.MaxTelemetry)}" : "";

    private static string Row(string description, Func<decimal, int, string> amount)
    {
        var bold = description.StartsWith("**total", StringComparison.Ordinal) ? "**" : "";
        return $"| {description} | {string.Join(" | ", Months.Select(month => bold + amount(month.Requests, month.Instances) + bold))} |\n";
    }

    private static string Line(string description, string how, decimal amount) =>
        description.StartsWith("**", StringComparison.Ordinal) ? $"| {description} | | **{D(amount)}** |\n" : $"| {description} | {how} | {D(amount)} |\n";

    private static string D(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:#,0.00}");

    private static string G(decimal gigabytes) => gigabytes.ToString("0.##", CultureInfo.InvariantCulture);

    private static string N(decimal count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
