using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class RequestContentLimiterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    public async Task Read_ContentWithinLimit_IsReturned(int length)
    {
        var limiter = new RequestContentLimiter();
        var content = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        Assert.Equal(content, await limiter.ReadAsync(new MemoryStream(content), 100_000, TestContext.Current.CancellationToken));
        Assert.Equal(0, limiter.UsedBytes);
    }

    [Theory]
    [InlineData(1_001, 1_000)]
    [InlineData(100_001, 100_000)]
    public async Task Read_ContentTooLong_ReturnsNull(int length, int maxLength)
    {
        var limiter = new RequestContentLimiter();

        Assert.Null(await limiter.ReadAsync(new MemoryStream(new byte[length]), maxLength, TestContext.Current.CancellationToken));
        Assert.Equal(0, limiter.UsedBytes);
    }

    // Clients that send nearly all of their content and then nothing hold its memory.
    [Fact]
    public async Task Read_ManyStalledRequests_AreRejectedAboveLimit()
    {
        var limiter = new RequestContentLimiter(maxBytes: 4_000_000);
        var requests = new List<(StalledStream Stream, Task<byte[]?> Reading)>();
        for (var i = 0; i < 50; i++)
        {
            var stream = new StalledStream(900_000);
            requests.Add((stream, limiter.ReadAsync(stream, 1_048_576, TestContext.Current.CancellationToken).AsTask()));
            Assert.InRange(limiter.UsedBytes, 0, 4_000_000);
        }

        var rejected = requests.FindAll(request => request.Reading.IsCompleted);
        Assert.InRange(rejected.Count, 45, 49);
        foreach (var request in rejected)
        {
            Assert.Equal(503, (await Assert.ThrowsAsync<BadHttpRequestException>(() => request.Reading)).StatusCode);
        }

        foreach (var request in requests.Except(rejected))
        {
            request.Stream.End();
            Assert.Equal(900_000, (await request.Reading)!.Length);
        }

        Assert.Equal(0, limiter.UsedBytes);
    }

    [Fact]
    public async Task Read_ContentArrivesTooSlowly_Throws408()
    {
        var time = new FakeTimeProvider();
        var limiter = new RequestContentLimiter(time: time);
        var reading = limiter.ReadAsync(new StalledStream(900_000), 1_048_576, TestContext.Current.CancellationToken).AsTask();

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(408, (await Assert.ThrowsAsync<BadHttpRequestException>(() => reading)).StatusCode);
        Assert.Equal(0, limiter.UsedBytes);
    }

    [Fact]
    public async Task Read_ClientDisconnects_ThrowsCancellation()
    {
        using var aborted = new CancellationTokenSource();
        var reading = new RequestContentLimiter().ReadAsync(new StalledStream(100), 1_000, aborted.Token).AsTask();
        await aborted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>Content that stops arriving after some bytes.</summary>
    private sealed class StalledStream(int length) : Stream
    {
        private readonly TaskCompletionSource<int> end = new();
        private int remaining = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void End() => end.SetResult(0);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (remaining == 0)
            {
                return new ValueTask<int>(end.Task.WaitAsync(cancellationToken));
            }

            var count = Math.Min(buffer.Length, remaining);
            remaining -= count;
            return ValueTask.FromResult(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
