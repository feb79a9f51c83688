using System.Diagnostics;
using OpenTelemetry.Trace;

namespace ServiceOffices.FunctionApp;

/// <summary>
/// Takes so many traces a second, whatever the sender of a request says of its own. The Functions host marks every request as taken,
/// and the worker hands that on as if it were a decision of this process, which the exporter's own limit obeys.
/// </summary>
internal sealed class RateLimitingSampler(int maxPerSecond, TimeProvider time) : Sampler
{
    // Not taken, but there: its steps find it, and are not taken for traces of their own.
    private static readonly SamplingResult NotSampled = new(SamplingDecision.RecordOnly);
    private static readonly SamplingResult Sampled = new(SamplingDecision.RecordAndSample);

    private readonly Lock counterLock = new();
    private long currentSecond;
    private int sampledInSecond;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (Activity.Current is { } parent && parent.SpanId == samplingParameters.ParentContext.SpanId)
        {
            return parent.Recorded ? Sampled : new SamplingResult(SamplingDecision.Drop);
        }

        var now = time.GetTimestamp() / time.TimestampFrequency;
        lock (counterLock)
        {
            if (now != currentSecond)
            {
                (currentSecond, sampledInSecond) = (now, 0);
            }

            return sampledInSecond++ < maxPerSecond ? Sampled : NotSampled;
        }
    }
}
