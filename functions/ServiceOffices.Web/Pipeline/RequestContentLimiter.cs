using Microsoft.AspNetCore.Http;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Limits the memory for the content of all requests together, and the time in which it must arrive.</summary>
/// <param name="maxBytes">Maximum bytes of the buffers for the content of all requests.</param>
/// <param name="minBytesPerSecond">Minimum data rate of a client, measured over <see cref="RatePeriodSeconds"/>.</param>
/// <param name="time">Null for the system clock.</param>
public sealed class RequestContentLimiter(
    long maxBytes = RequestContentLimiter.DefaultMaxBytes, int minBytesPerSecond = RequestContentLimiter.DefaultMinBytesPerSecond, TimeProvider? time = null)
{
    public const int DefaultMaxBytes = 256 * 1024 * 1024;
    public const int DefaultMinBytesPerSecond = 1024;
    public const int RatePeriodSeconds = 10;

    private const int InitialBufferBytes = 16 * 1024;

    private static readonly TimeSpan RatePeriod = TimeSpan.FromSeconds(RatePeriodSeconds);

    private long usedBytes;

    /// <summary>Gets the bytes of all buffers.</summary>
    public long UsedBytes => Interlocked.Read(ref usedBytes);

    /// <summary>Reads a stream to its end; returns null if it has more bytes than allowed.</summary>
    /// <exception cref="BadHttpRequestException">400: the content cannot be read. 408: the content arrives too slowly. 503: the buffers of all requests use the allowed memory.</exception>
    public async ValueTask<byte[]?> ReadAsync(Stream stream, int maxLength, CancellationToken cancellationToken)
    {
        // One more byte than allowed shows that the content is too long.
        var buffer = new byte[Math.Min(InitialBufferBytes, maxLength + 1)];
        var reserved = 0L;
        try
        {
            Reserve(buffer.Length, ref reserved);
            using var timeout = new CancellationTokenSource(RatePeriod, time ?? TimeProvider.System);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            var (length, periodStart) = (0, 0);
            while (await stream.ReadAsync(buffer.AsMemory(length), end.Token) is > 0 and var read)
            {
                length += read;
                if (length > maxLength)
                {
                    return null;
                }

                if (length - periodStart >= minBytesPerSecond * RatePeriodSeconds)
                {
                    periodStart = length;
                    timeout.CancelAfter(RatePeriod);
                }

                if (length == buffer.Length)
                {
                    var capacity = (int)Math.Min(2L * buffer.Length, maxLength + 1L);
                    Reserve(capacity - buffer.Length, ref reserved);
                    Array.Resize(ref buffer, capacity);
                }
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException(
                $"The content must arrive with at least {minBytesPerSecond} bytes per second (Requests:MinBytesPerSecond).", StatusCodes.Status408RequestTimeout);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // The server reports some errors of the transfer coding in this way.
            throw new BadHttpRequestException("The content cannot be read: its transfer coding is invalid, or the connection has ended.", exception);
        }
        finally
        {
            Interlocked.Add(ref usedBytes, -reserved);
        }
    }

    private void Reserve(int bytes, ref long reserved)
    {
        reserved += bytes;
        if (Interlocked.Add(ref usedBytes, bytes) <= maxBytes)
        {
            return;
        }

        Metrics.RecordRejection("request content");
        throw new BadHttpRequestException(
            $"The content of other requests uses the memory that is allowed for it, {maxBytes} bytes (Requests:MaxBufferedBytes). Repeat the request later.", StatusCodes.Status503ServiceUnavailable);
    }
}
