using System.Diagnostics.Tracing;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>Counts the HTTP requests that this process sends.</summary>
internal sealed class RequestCounter : EventListener
{
    private long count;

    public long Count => Interlocked.Read(ref count);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Http")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "RequestStart")
        {
            Interlocked.Increment(ref count);
        }
    }
}

/// <summary>A clock that is advanced manually.</summary>
internal sealed class SteppedTimeProvider(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.Ticks;
}
