namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>
/// What a month costs, from the values that docs/costs.md states. Amounts are dollars, rounded to the cent; gigabytes of
/// telemetry are rounded to hundredths: what is shown is what is added.
/// </summary>
internal sealed class MonthlyCosts(CostInputs inputs)
{
    private const decimal Million = 1_000_000;
    private const decimal TenThousand = 10_000;

    public decimal Month => inputs["seconds of a month"];

    public decimal TimerRuns => inputs["runs of the timer a month"];

    public decimal TimerGigabyteSeconds => TimerRuns * inputs["seconds that a lone activity counts for"] * Memory;

    /// <summary>Gigabytes of an instance.</summary>
    public decimal Memory => inputs["GB of an instance"];

    public decimal TableRequests => TimerRuns * inputs["table requests of a refresh"];

    public decimal Tables => Dollars(TableRequests / TenThousand * inputs["tables, $ for 10 thousand requests"]);

    public decimal RefreshLists => TimerRuns * inputs["blob lists of a refresh"];

    public decimal RefreshReads => TimerRuns * inputs["blob reads and leases of a refresh"];

    public decimal Refreshes => Dollars(Writes(RefreshLists) + Reads(RefreshReads));

    public decimal HostWrites => TimerRuns * inputs["the Functions host's own blob writes a minute"];

    public decimal HostRenewals => TimerRuns * inputs["the Functions host's own lock renewals a minute"];

    public decimal Host => Dollars(Writes(HostWrites) + Reads(HostRenewals));

    public decimal EditWrites => inputs["edits a month"] * inputs["blobs written by an edit's refresh"];

    public decimal Edits => Dollars(Writes(EditWrites));

    public decimal GigabytesKept =>
        inputs["edits a month"] * inputs["months that revisions are kept"] * inputs["MB written by an edit's refresh"] / 1000;

    public decimal Kept => Dollars(GigabytesKept * inputs["blobs, $ a GB-month"]);

    public decimal TelemetryAtRest => Gigabytes(TimerRuns * (
        inputs["kB of telemetry of a run of the timer"]
        + inputs["kB of the Functions host's own metrics in a minute"]
        + (inputs["writes of a minute that the storage logs"] * inputs["kB of such a log line"])));

    public decimal Searches => inputs["alerts that search each 5 minutes"] * inputs["such an alert, $"];

    public decimal Alerts => Dollars(Searches + (inputs["series of alerts on metrics"] * inputs["such a series, $"]));

    /// <summary>Without telemetry, which is reckoned with the readers': the free part is one.</summary>
    public decimal AtRest => Tables + Refreshes + Host + Edits + Kept + Alerts;

    /// <summary>Seconds in which at least one request runs, of all instances.</summary>
    public decimal Awake(decimal requests, int instances)
    {
        var each = (double)(requests / Month / instances * inputs["seconds that a lone activity counts for"]);
        return Math.Round(instances * Month * (decimal)(1 - Math.Exp(-each)));
    }

    public decimal GigabyteSeconds(decimal requests, int instances) => (Awake(requests, instances) * Memory) + TimerGigabyteSeconds;

    public decimal OnDemandTime(decimal requests, int instances) => Dollars(
        Past(GigabyteSeconds(requests, instances), inputs["on demand, GB-seconds free"]) * inputs["on demand, $ a GB-second"]);

    public decimal OnDemandExecutions(decimal requests) =>
        Dollars(Past(requests + TimerRuns, inputs["on demand, executions free"]) / Million * inputs["executions, $ a million"]);

    public decimal OnDemand(decimal requests, int instances) => OnDemandTime(requests, instances) + OnDemandExecutions(requests);

    /// <summary>So many instances that wait all month.</summary>
    public decimal Waiting(int instances) => Dollars(instances * Month * Memory * inputs["always ready, $ a GB-second of waiting"]);

    /// <param name="isTimerToo">Whether the timer has instances of its own that wait, and runs on them.</param>
    public decimal Running(decimal requests, int instances, bool isTimerToo) => Dollars(
        ((Awake(requests, instances) * Memory) + (isTimerToo ? TimerGigabyteSeconds : 0)) * inputs["always ready, $ a GB-second of running"]
        + ((requests + (isTimerToo ? TimerRuns : 0)) / Million * inputs["executions, $ a million"]));

    public decimal GigabytesSent(decimal requests) => requests * inputs["kB that a request sends"] / Million;

    public decimal Sent(decimal requests) => Dollars(Past(GigabytesSent(requests), inputs["out of Azure, GB free"]) * inputs["out of Azure, $ a GB"]);

    public decimal NewsRequests(decimal requests, int instances) =>
        Awake(requests, instances) / inputs["seconds between two questions of an instance for news"];

    public decimal News(decimal requests, int instances) => Dollars(Reads(NewsRequests(requests, instances)));

    public decimal Traces(decimal requests, int instances) =>
        Gigabytes(Math.Min(requests, Awake(requests, instances) * inputs["traces a second of an instance at most"]) * inputs["kB of a trace"]);

    public decimal HostRecords(decimal requests) => Gigabytes(requests * inputs["kB of the Functions host's own record of a request"]);

    /// <summary>Ours, and the host's own of each minute in which an instance serves.</summary>
    public decimal Metrics(decimal requests, int instances)
    {
        var minutes = instances * (Month / 60);
        var ours = inputs["kB of a metric in a minute"] * Math.Min(
            requests * inputs["metrics of a minute that a request touches"], minutes * inputs["metrics of a minute and instance at most"]);
        return Gigabytes(ours + (inputs["kB of the Functions host's own metrics in a minute"] * Math.Min(requests, minutes)));
    }

    public decimal TelemetryAsked(decimal requests, int instances) =>
        TelemetryAtRest + Traces(requests, instances) + HostRecords(requests) + Metrics(requests, instances);

    public decimal TelemetryAtMost => Math.Round(inputs["telemetry, GB a day at most"] * Month / 86_400, 2);

    public decimal Telemetry(decimal requests, int instances) => TelemetryOf(Math.Min(TelemetryAsked(requests, instances), TelemetryAtMost));

    public decimal TelemetryOf(decimal gigabytes) => Dollars(Past(gigabytes, inputs["telemetry, GB free"]) * inputs["telemetry, $ a GB"]);

    public decimal ForApp(decimal requests) => requests * (1 - (inputs["requests of 100 that Front Door answers by itself"] / 100));

    public decimal FrontDoor(decimal requests) => Dollars(
        inputs["Front Door Standard, $"]
        + (requests / TenThousand * inputs["Front Door, $ for 10 thousand requests"])
        + (GigabytesSent(requests) * inputs["Front Door, $ a GB to readers in Europe"]));

    public decimal Direct(decimal requests, int instances) =>
        AtRest + OnDemand(requests, instances) + Sent(requests) + News(requests, instances) + Telemetry(requests, instances);

    public decimal BehindFrontDoor(decimal requests, int instances) =>
        AtRest + FrontDoor(requests) + OnDemand(ForApp(requests), instances) + News(ForApp(requests), instances) + Telemetry(ForApp(requests), instances);

    /// <summary>So many instances that run all month.</summary>
    public decimal RunningAllMonth(int instances) => Dollars(instances * Month * Memory * inputs["on demand, $ a GB-second"]);

    public decimal PrivateEndpoints(int count) => Dollars(count * inputs["a private endpoint, $"]);

    public static decimal Dollars(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static decimal Gigabytes(decimal kilobytes) => Math.Round(kilobytes / Million, 2, MidpointRounding.AwayFromZero);

    private static decimal Past(decimal amount, decimal free) => Math.Max(0, amount - free);

    private decimal Writes(decimal count) => count / TenThousand * inputs["blobs, $ for 10 thousand writes or lists"];

    private decimal Reads(decimal count) => count / TenThousand * inputs["blobs, $ for 10 thousand reads or leases"];
}
