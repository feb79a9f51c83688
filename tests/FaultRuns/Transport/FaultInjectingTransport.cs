using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServiceOffices.FaultRuns.Transport;

/// <summary>
/// A transport below the retry policy of the Azure SDK that injects faults: the SDK retries a request whose response was lost, as it
/// does on a real network.
/// </summary>
public sealed class FaultInjectingTransport(FaultPlan plan, HttpPipelineTransport inner) : HttpPipelineTransport
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("The stores use asynchronous calls only.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fault = plan.Next();
        ThrowIfNotSent(fault);
        if (FindStatus(fault, before: true) is { } refusal)
        {
            message.Response = new FaultResponse(refusal, message.Request.ClientRequestId);
            return;
        }

        await inner.ProcessAsync(message);
        if (fault == Fault.Delay)
        {
            await Task.Delay(Delay, message.CancellationToken);
            return;
        }

        if (fault == Fault.None)
        {
            return;
        }

        await RunBeforeRetryAsync(message);
        if (FindStatus(fault, before: false) is { } status)
        {
            message.Response.Dispose();
            message.Response = new FaultResponse(status, message.Request.ClientRequestId);
        }
        else if (fault == Fault.TruncatedBody && message.Response.ContentStream is { } content)
        {
            message.Response.ContentStream = new TruncatedStream(content, (message.Response.Headers.ContentLength ?? 0) / 2);
        }
        else
        {
            message.Response.Dispose();
            throw fault == Fault.TimeoutAfter ? CreateTimeout() : CreateDrop();
        }
    }

    private static void ThrowIfNotSent(Fault fault)
    {
        if (fault == Fault.DropBefore)
        {
            throw CreateDrop();
        }

        if (fault == Fault.TimeoutBefore)
        {
            throw CreateTimeout();
        }
    }

    private static int? FindStatus(Fault fault, bool before) => (fault, before) switch
    {
        (Fault.TooManyRequests, true) => 429,
        (Fault.Busy, true) or (Fault.BusyAfter, false) => 503,
        (Fault.ErrorBefore, true) or (Fault.ErrorAfter, false) => 500,
        _ => null,
    };

    // Only for a transaction of an office: the interfering edit is another one.
    private async Task RunBeforeRetryAsync(HttpMessage message)
    {
        if (plan.BeforeRetry is { } run
            && message.Response.Status == 202
            && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal)
            && await ReadContentAsync(message.Request) is var content
            && content.Contains("audit-", StringComparison.Ordinal))
        {
            plan.BeforeRetry = null;
            await run();
        }
    }

    private static async Task<string> ReadContentAsync(Request request)
    {
        using MemoryStream output = new();
        await request.Content!.WriteToAsync(output, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static HttpRequestException CreateDrop() => new("The connection was reset (injected).");

    private static TaskCanceledException CreateTimeout() => new(string.Create(CultureInfo.InvariantCulture, $"The operation was cancelled because it exceeded the configured timeout (injected)."));
}
