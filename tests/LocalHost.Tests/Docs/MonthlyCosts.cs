namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>
/// Calculates the costs of a month from the values in docs/costs.md. Amounts are in dollars, rounded to the cent; gigabytes of
/// telemetry are rounded to hundredths, so that the sums equal the displayed values.
/// </summary>
internal sealed class MonthlyCosts(CostInputs inputs)
{
    private const decimal Million = 1_000_000;
    private const decimal TenThousand = 10_000;

    public decimal Month => inputs["seconds per month"];

    public decimal TimerRuns => inputs["timer runs per month"];

    public decimal TimerGigabyteSeconds => TimerRuns * inputs["minimum billed seconds of an activity"] * Memory;

    /// <summary>The memory of an instance in gigabytes.</summary>
    public decimal Memory => inputs["memory of an instance, GB"];

    public decimal TableRequests => TimerRuns * inputs["table requests of a refresh"];

    public decimal Tables => Dollars(TableRequests / TenThousand * inputs["tables, $ per 10 thousand requests"]);

    public decimal RefreshLists => TimerRuns * inputs["blob lists of a refresh"];

    public decimal RefreshReads => TimerRuns * inputs["blob reads and leases of a refresh"];

    public decimal Refreshes => Dollars(Writes(RefreshLists) + Reads(RefreshReads));

    public decimal HostWrites => TimerRuns * inputs["blob writes of the Functions host per minute"];

    public decimal HostRenewals => TimerRuns * inputs["lock renewals of the Functions host per minute"];

    public decimal Host => Dollars(Writes(HostWrites) + Reads(HostRenewals));

    public decimal EditWrites => inputs["edits per month"] * inputs["blobs written per edit"];

    public decimal Edits => Dollars(Writes(EditWrites));

    public decimal GigabytesStored =>
        inputs["edits per month"] * inputs["months of revisions stored"] * inputs["MB written per edit"] / 1000;

    public decimal Storage => Dollars(GigabytesStored * inputs["blobs, $ per GB-month"]);

    public decimal TelemetryAtRest => Gigabytes(TimerRuns * (
        inputs["telemetry of a timer run, kB"]
        + inputs["metrics of the Functions host per minute, kB"]
        + (inputs["logged storage writes per minute"] * inputs["size of a storage log line, kB"])));

    public decimal LogAlerts => inputs["log alerts, evaluated every 5 minutes"] * inputs["a log alert, $"];

    public decimal Alerts => Dollars(LogAlerts + (inputs["series of metric alerts"] * inputs["a series of a metric alert, $"]));

    /// <summary>The cost without telemetry, which shares one free amount with that of the readers.</summary>
    public decimal AtRest => Tables + Refreshes + Host + Edits + Storage + Alerts;

    /// <summary>The seconds in which at least one request runs, over all instances.</summary>
    public decimal ActiveSeconds(decimal requests, int instances)
    {
        var each = (double)(requests / Month / instances * inputs["minimum billed seconds of an activity"]);
        return Math.Round(instances * Month * (decimal)(1 - Math.Exp(-each)));
    }

    public decimal GigabyteSeconds(decimal requests, int instances) => (ActiveSeconds(requests, instances) * Memory) + TimerGigabyteSeconds;

    public decimal OnDemandTime(decimal requests, int instances) => Dollars(
        Above(GigabyteSeconds(requests, instances), inputs["on demand, GB-seconds free"]) * inputs["on demand, $ per GB-second"]);

    public decimal OnDemandExecutions(decimal requests) =>
        Dollars(Above(requests + TimerRuns, inputs["on demand, executions free"]) / Million * inputs["executions, $ per million"]);

    public decimal OnDemand(decimal requests, int instances) => OnDemandTime(requests, instances) + OnDemandExecutions(requests);

    /// <summary>The cost of a number of always-ready instances for the month.</summary>
    public decimal AlwaysReady(int instances) => Dollars(instances * Month * Memory * inputs["always ready, $ per GB-second of waiting"]);

    /// <param name="isTimerToo">True if the timer runs on always-ready instances of its own.</param>
    public decimal Running(decimal requests, int instances, bool isTimerToo) => Dollars(
        ((ActiveSeconds(requests, instances) * Memory) + (isTimerToo ? TimerGigabyteSeconds : 0)) * inputs["always ready, $ per GB-second of running"]
        + ((requests + (isTimerToo ? TimerRuns : 0)) / Million * inputs["executions, $ per million"]));

    public decimal GigabytesSent(decimal requests) => requests * inputs["size of a response, kB"] / Million;

    public decimal Egress(decimal requests) => Dollars(Above(GigabytesSent(requests), inputs["egress, GB free"]) * inputs["egress, $ per GB"]);

    public decimal RevalidationRequests(decimal requests, int instances) =>
        ActiveSeconds(requests, instances) / inputs["seconds between two checks for a new publication"];

    public decimal Revalidation(decimal requests, int instances) => Dollars(Reads(RevalidationRequests(requests, instances)));

    public decimal Traces(decimal requests, int instances) =>
        Gigabytes(Math.Min(requests, ActiveSeconds(requests, instances) * inputs["maximum traces per second and instance"]) * inputs["size of a trace, kB"]);

    public decimal HostRecords(decimal requests) => Gigabytes(requests * inputs["request record of the Functions host, kB"]);

    /// <summary>Our telemetry, and that of the host for each minute in which an instance runs.</summary>
    public decimal Metrics(decimal requests, int instances)
    {
        var minutes = instances * (Month / 60);
        var platformMetrics = inputs["size of a metric per minute, kB"] * Math.Min(
            requests * inputs["metrics per minute updated by a request"], minutes * inputs["maximum metrics per minute and instance"]);
        return Gigabytes(platformMetrics + (inputs["metrics of the Functions host per minute, kB"] * Math.Min(requests, minutes)));
    }

    public decimal TelemetryVolume(decimal requests, int instances) =>
        TelemetryAtRest + Traces(requests, instances) + HostRecords(requests) + Metrics(requests, instances);

    public decimal MaxTelemetry => Math.Round(inputs["telemetry, maximum GB per day"] * Month / 86_400, 2);

    public decimal Telemetry(decimal requests, int instances) => TelemetryCost(Math.Min(TelemetryVolume(requests, instances), MaxTelemetry));

    public decimal TelemetryCost(decimal gigabytes) => Dollars(Above(gigabytes, inputs["telemetry, GB free"]) * inputs["telemetry, $ per GB"]);

    public decimal ForApp(decimal requests) => requests * (1 - (inputs["percentage of requests served by the Front Door cache"] / 100));

    public decimal FrontDoor(decimal requests) => Dollars(
        inputs["Front Door Standard, $"]
        + (requests / TenThousand * inputs["Front Door, $ per 10 thousand requests"])
        + (GigabytesSent(requests) * inputs["Front Door, $ per GB to clients in Europe"]));

    public decimal Direct(decimal requests, int instances) =>
        AtRest + OnDemand(requests, instances) + Egress(requests) + Revalidation(requests, instances) + Telemetry(requests, instances);

    public decimal BehindFrontDoor(decimal requests, int instances) =>
        AtRest + FrontDoor(requests) + OnDemand(ForApp(requests), instances) + Revalidation(ForApp(requests), instances) + Telemetry(ForApp(requests), instances);

    /// <summary>The cost of a number of instances that run for the whole month.</summary>
    public decimal RunningAllMonth(int instances) => Dollars(instances * Month * Memory * inputs["on demand, $ per GB-second"]);

    public decimal PrivateEndpoints(int count) => Dollars(count * inputs["a private endpoint, $"]);

    public static decimal Dollars(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static decimal Gigabytes(decimal kilobytes) => Math.Round(kilobytes / Million, 2, MidpointRounding.AwayFromZero);

    private static decimal Above(decimal amount, decimal free) => Math.Max(0, amount - free);

    private decimal Writes(decimal count) => count / TenThousand * inputs["blobs, $ per 10 thousand writes or lists"];

    private decimal Reads(decimal count) => count / TenThousand * inputs["blobs, $ per 10 thousand reads or leases"];
}
