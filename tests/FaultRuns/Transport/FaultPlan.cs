namespace ServiceOffices.FaultRuns.Transport;

/// <summary>
/// Chooses the fault of each request. Faults occur in bursts of one to five requests, so that some outlast the retries of the SDK.
/// With one seed, sequential requests have the same faults in every run; the order of parallel requests may differ.
/// </summary>
/// <param name="rate">The probability that a burst begins at a request.</param>
public sealed class FaultPlan(int seed, double rate)
{
    private const int MaxBurst = 5;

    private static readonly Fault[] Faults = [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    private readonly Lock drawLock = new();
#pragma warning disable CA5394 // A seeded sequence is required.
    private readonly Random random = new(seed);
    private int remaining;

    /// <summary>False: no faults. The sequence continues where it stopped when faults are enabled again.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Runs once after the service has applied a transaction whose response is then lost, before the client retries it.</summary>
    public Func<Task>? BeforeRetry { get; set; }

    /// <summary>Gets the number of faults so far.</summary>
    public int Count { get; private set; }

    public Fault Next()
    {
        lock (drawLock)
        {
            if (!IsEnabled)
            {
                return Fault.None;
            }

            if (remaining == 0 && random.NextDouble() < rate)
            {
                // One in two is a single fault; one in eight outlasts three attempts.
                remaining = Enumerable.Range(1, MaxBurst).First(length => length == MaxBurst || random.Next(2) == 0);
            }

            if (remaining == 0)
            {
                return Fault.None;
            }

            remaining--;
            Count++;
            return Faults[random.Next(Faults.Length)];
        }
    }
#pragma warning restore CA5394
}
