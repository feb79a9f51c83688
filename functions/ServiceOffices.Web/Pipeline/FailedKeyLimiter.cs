using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Limits the wrong keys and tokens of each client in a window of one minute. After that many, its requests to the resources of editors are
/// rejected until the window ends, before a key is compared: otherwise, guessing could continue.
/// </summary>
/// <param name="maxFailures">Maximum number of wrong keys of a client in a window.</param>
public sealed partial class FailedKeyLimiter(int maxFailures, ILogger<FailedKeyLimiter> logger) : IDisposable
{
    public const int DefaultMaxFailures = 20;

    /// <summary>Gets the length of a window, after which a blocked client can try again.</summary>
    public const int WindowSeconds = 60;

    // The usual assignment to a customer (RFC 6177); a client can choose any address in it.
    private const int IPv6PrefixBytes = 8;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        client => RateLimitPartition.GetFixedWindowLimiter(client, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = maxFailures,
            Window = TimeSpan.FromSeconds(WindowSeconds),
            QueueLimit = 0,
        }));

    /// <summary>Gets the description of the error for clients that have sent too many wrong keys.</summary>
    public string Description => $"This client has sent {maxFailures} wrong keys or tokens within {WindowSeconds} seconds (Editing:MaxFailedKeys). Try again later.";

    /// <summary>Determines whether the client of a request has sent too many wrong keys, so that its key must not be verified.</summary>
    public bool IsBlocked(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(GetClient(context), permitCount: 0);
        if (lease.IsAcquired)
        {
            return false;
        }

        Metrics.RecordRejection("failed keys");
        return true;
    }

    /// <summary>Counts a wrong key or token.</summary>
    public void RecordFailure(HttpContext context)
    {
        var client = GetClient(context);
        using var lease = limiter.AttemptAcquire(client);
        using var remaining = limiter.AttemptAcquire(client, permitCount: 0);
        if (lease.IsAcquired && !remaining.IsAcquired)
        {
            LogLimitReached(maxFailures, WindowSeconds);
        }
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Gets the client: its address, or the network of an IPv6 address. Behind a proxy on this computer, such as the Functions host, it is the last one that the proxy names.</summary>
    private static string GetClient(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (IPAddress.IsLoopback(address)
            && context.Request.Headers["X-Forwarded-For"] is [.., { } forwarded]
            && IPEndPoint.TryParse(forwarded.Split(',')[^1].Trim(), out var origin))
        {
            address = origin.Address;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, IPv6PrefixBytes)
            : address.ToString();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A client has sent {Failures} wrong keys or tokens within {Seconds} s; its requests to the register are rejected with 429 until the end of that time")]
    private partial void LogLimitReached(int failures, int seconds);
}
