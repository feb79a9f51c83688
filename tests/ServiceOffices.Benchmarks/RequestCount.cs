using System.Diagnostics.Tracing;

namespace ServiceOffices.Benchmarks;

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
