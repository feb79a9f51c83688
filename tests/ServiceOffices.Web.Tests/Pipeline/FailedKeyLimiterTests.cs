using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class FailedKeyLimiterTests
{
    [Theory]
    [InlineData("192.0.2.1", null, "192.0.2.1", null, true)]
    [InlineData("192.0.2.1", null, "192.0.2.2", null, false)]
    [InlineData("2001:db8::1", null, "2001:db8::2", null, true)] // RFC 6177: a client has a whole network.
    [InlineData("2001:db8::1", null, "2001:db8:0:1::1", null, false)]
    [InlineData("127.0.0.1", "192.0.2.1", "127.0.0.1", "192.0.2.2", false)] // Behind a proxy on this computer.
    [InlineData("127.0.0.1", "192.0.2.1:4711", "127.0.0.1", "192.0.2.1:4712", true)]
    [InlineData("127.0.0.1", "a, 192.0.2.1", "127.0.0.1", "b, 192.0.2.1", true)] // A client can send anything before the proxy's addition.
    [InlineData("192.0.2.1", "192.0.2.7", "192.0.2.1", "192.0.2.8", true)]
    public void IsBlocked_AfterFailures_AppliesToClient(string failing, string? failingForwarded, string other, string? otherForwarded, bool isBlocked)
    {
        using var limiter = new FailedKeyLimiter(3, NullLogger<FailedKeyLimiter>.Instance);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(limiter.IsBlocked(CreateContext(failing, failingForwarded)));
            limiter.RecordFailure(CreateContext(failing, failingForwarded));
        }

        Assert.True(limiter.IsBlocked(CreateContext(failing, failingForwarded)));
        Assert.Equal(isBlocked, limiter.IsBlocked(CreateContext(other, otherForwarded)));
    }

    [Fact]
    public void RecordFailure_ManyTimes_IsLoggedOnce()
    {
        var logger = new CountingLogger();
        using var limiter = new FailedKeyLimiter(3, logger);

        for (var i = 0; i < 1_000; i++)
        {
            limiter.RecordFailure(CreateContext("192.0.2.1", null));
        }

        Assert.Equal(1, logger.Entries);
    }

    private sealed class CountingLogger : ILogger<FailedKeyLimiter>
    {
        public int Entries { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Entries++;
    }

    private static DefaultHttpContext CreateContext(string address, string? forwarded)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        if (forwarded is not null)
        {
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        }

        return context;
    }
}
