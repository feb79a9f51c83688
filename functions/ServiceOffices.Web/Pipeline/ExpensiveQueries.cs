using System.Threading.RateLimiting;
using ODataEngine;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Limits the number of expensive queries that are evaluated at the same time, so that other requests get threads and processor time.
/// Queries do not wait: a client repeats the request after the time in Retry-After.
/// </summary>
internal sealed class ExpensiveQueries : IConcurrencyLimit, IDisposable
{
    private readonly ConcurrencyLimiter limiter;

    public ExpensiveQueries(int maxQueries)
    {
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = maxQueries, QueueLimit = 0 });

        // The pool adds threads slowly, so those that evaluate expensive queries are in addition to one for each processor.
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + maxQueries), completionPorts);
    }

    public IDisposable? TryEnter()
    {
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        Metrics.RecordRejection("expensive queries");
        return null;
    }

    public void Dispose() => limiter.Dispose();
}
