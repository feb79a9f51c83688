using System.Diagnostics;
using OpenTelemetry.Trace;

namespace ServiceOffices.FunctionApp;

/// <summary>
/// Takes so many traces a second, whatever the sender of a request says of its own. The Functions host marks every request as taken,
/// and the worker hands that on as if it were a decision of this process, which the exporter's own limit obeys.
/// </summary>
internal sealed class TraceLimit(int perSecond, TimeProvider time) : Sampler
{
    // Not taken, but there: its steps find it, and are not taken for traces of their own.
    private static readonly SamplingResult NotTaken = new(SamplingDecision.RecordOnly);
    private static readonly SamplingResult Taken = new(SamplingDecision.RecordAndSample);

    private readonly Lock counting = new();
    private long second;
    private int takenInSecond;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (Activity.Current is { } parent && parent.SpanId == samplingParameters.ParentContext.SpanId)
        {
            return parent.Recorded ? Taken : new SamplingResult(SamplingDecision.Drop);
        }

        var now = time.GetTimestamp() / time.TimestampFrequency;
        lock (counting)
        {
            if (now != second)
            {
                (second, takenInSecond) = (now, 0);
            }

            return takenInSecond++ < perSecond ? Taken : NotTaken;
        }
    }
}
