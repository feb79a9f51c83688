using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace ServiceOffices.FaultRuns.Transport;

/// <summary>An error response without body, as a proxy or an overloaded service sends it.</summary>
internal sealed class FaultResponse(int status, string clientRequestId) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => "Injected";

    public override Stream? ContentStream { get; set; } = new MemoryStream();

    public override string ClientRequestId { get; set; } = clientRequestId;

    // Like the SDK's own response, whose buffered body remains readable: it reads the body of an error after it has disposed the message.
    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => false;

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = null;
        return false;
    }
}
