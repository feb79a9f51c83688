using System.Text;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Storage;

/// <summary>The contract of every publication store; each implementation runs all of these tests.</summary>
public abstract partial class PublicationStoreContract
{
    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IPublicationStore Open();

    /// <summary>Acquires the lease as a process that is killed immediately, so that it is neither renewed nor released.</summary>
    protected abstract Task AcquireLeaseAndCrashAsync();

    /// <summary>Waits until the lease of a killed holder expires.</summary>
    protected abstract Task WaitForLeaseExpiryAsync();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public async Task Read_NewStore_IsEmpty()
    {
        Assert.Null(await Open().ReadAsync("000001/offices.csv", Now));
        Assert.Null(await Open().ReadPointerAsync(null, Now));
        Assert.Null(await Open().ReadPointerAsync("\"1\"", Now));
        Assert.Empty(await ListAsync(""));
    }

    [Theory]
    [InlineData("000001/offices.csv")]
    [InlineData("a")]
    [InlineData("2024/åäö och mellanslag/a+b%20c#d?e=f&g;h'i.json")]
    public async Task Write_File_ReadsBackByteForByte(string path)
    {
        byte[] content = [0, 255, 13, 10, .. Bytes("åäö 🏢")];

        await Open().WriteAsync(path, content, "text/csv; charset=utf-8", Now);

        Assert.Equal(content, await Open().ReadAsync(path, Now));
        Assert.Equal([path], await ListAsync(""));
    }

    [Fact]
    public async Task Write_EmptyFile_ReadsBackEmpty()
    {
        await Open().WriteAsync("empty", ReadOnlyMemory<byte>.Empty, "text/plain", Now);

        var read = await Open().ReadAsync("empty", Now);

        Assert.NotNull(read);
        Assert.Empty(read);
    }

    [Fact]
    public async Task Write_LargeFile_ReadsBackByteForByte()
    {
        var content = new byte[11_000_001];
        new Random(2018).NextBytes(content);

        await Open().WriteAsync("large", content, "application/octet-stream", Now);

        var read = await Open().ReadAsync("large", Now);
        Assert.True(content.AsSpan().SequenceEqual(read));
    }

    [Theory]
    [InlineData(0, null, "0123456789")]
    [InlineData(0, 10L, "0123456789")]
    [InlineData(0, 1L, "0")]
    [InlineData(3, 4L, "3456")]
    [InlineData(3, null, "3456789")]
    [InlineData(9, 1L, "9")]
    [InlineData(8, 100L, "89")]
    [InlineData(10, 1L, "")]
    [InlineData(10, null, "")]
    [InlineData(99, 5L, "")]
    public async Task OpenRead_Range_HasItsBytes(long offset, long? length, string expected)
    {
        await Open().WriteAsync("a/b", Bytes("0123456789"), "text/plain", Now);

        await using var stream = await Open().OpenReadAsync("a/b", offset, length, Now);

        Assert.Equal(expected.Length, stream!.Length);
        Assert.Equal(expected, await new StreamReader(stream).ReadToEndAsync(Now));
    }

    [Fact]
    public async Task OpenRead_EmptyFile_IsEmpty()
    {
        await Open().WriteAsync("empty", ReadOnlyMemory<byte>.Empty, "text/plain", Now);

        foreach (var length in new long?[] { null, 1 })
        {
            await using var stream = await Open().OpenReadAsync("empty", 0, length, Now);

            Assert.Equal(0, stream!.Length);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], Now));
        }
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(5, 2L)]
    public async Task OpenRead_NoFile_IsNull(long offset, long? length) => Assert.Null(await Open().OpenReadAsync("missing", offset, length, Now));

    [Fact]
    public async Task OpenRead_RangeOfLargeFile_HasItsBytes()
    {
        var content = new byte[11_000_001];
        new Random(9110).NextBytes(content);
        await Open().WriteAsync("large", content, "application/octet-stream", Now);

        await using var stream = await Open().OpenReadAsync("large", 5_000_003, 4_200_001, Now);
        var read = new byte[4_200_001];
        await stream!.ReadExactlyAsync(read, Now);

        Assert.Equal(0, await stream.ReadAsync(new byte[1], Now));
        Assert.True(content.AsSpan(5_000_003, 4_200_001).SequenceEqual(read));
    }

    [Fact]
    public async Task OpenRead_WhileOpen_DoesNotBlockWriters()
    {
        await Open().WriteAsync("a", Bytes("0123456789"), "text/plain", Now);

        await using var stream = await Open().OpenReadAsync("a", 2, null, Now);
        await Open().WriteAsync("b", Bytes("x"), "text/plain", Now);
        Assert.NotNull(await Open().ReplacePointerAsync(Bytes("x"), null, Now));

        Assert.Equal("23456789", await new StreamReader(stream!).ReadToEndAsync(Now));
    }

    [Fact]
    public async Task Write_ExistingPath_ConflictsAndKeepsFirst()
    {
        await Open().WriteAsync("a/b", Bytes("first"), "text/plain", Now);

        await Assert.ThrowsAsync<ConflictException>(() => Open().WriteAsync("a/b", Bytes("second"), "text/plain", Now));

        Assert.Equal(Bytes("first"), await Open().ReadAsync("a/b", Now));
    }

    [Fact]
    public async Task Write_LargeFileToExistingPath_ConflictsAndKeepsFirst()
    {
        await Open().WriteAsync("a/b", Bytes("first"), "text/plain", Now);

        await Assert.ThrowsAsync<ConflictException>(() => Open().WriteAsync("a/b", new byte[11_000_001], "text/plain", Now));

        Assert.Equal(Bytes("first"), await Open().ReadAsync("a/b", Now));
    }

    [Fact]
    public async Task Write_SamePathConcurrently_ExactlyOneWins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            try
            {
                await Open().WriteAsync("a/b", Bytes($"{writer}"), "text/plain", Now);
                return writer;
            }
            catch (ConflictException)
            {
                return -1;
            }
        })));

        var winner = Assert.Single(results, writer => writer >= 0);
        Assert.Equal(Bytes($"{winner}"), await Open().ReadAsync("a/b", Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("current")]
    [InlineData("lock")]
    public async Task Write_InvalidPath_Throws(string path)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Open().WriteAsync(path, Bytes("x"), "text/plain", Now));

        Assert.Null(await Open().ReadAsync(path, Now));
        await Open().DeleteAsync(path, Now);
    }

    [Fact]
    public async Task List_Prefix_ReturnsFilesInOrdinalOrder()
    {
        foreach (var path in new[] { "r/2/b", "r/10/a", "r/2/a", "r/2", "q", "r/2/A", "r/2_a", "r/2/å", "R/2/a" })
        {
            await Open().WriteAsync(path, Bytes("123"), "text/plain", Now);
        }

        await Open().ReplacePointerAsync(Bytes("x"), null, Now);
        await using var lease = await Open().TryAcquireLeaseAsync(Now);

        Assert.Equal(["r/2/A", "r/2/a", "r/2/b", "r/2/å"], await ListAsync("r/2/"));
        Assert.Equal(["r/2_a"], await ListAsync("r/2_"));
        Assert.Equal(["R/2/a", "q", "r/10/a", "r/2", "r/2/A", "r/2/a", "r/2/b", "r/2/å", "r/2_a"], await ListAsync(""));
        Assert.Empty(await ListAsync("s/"));
    }

    [Fact]
    public async Task List_File_HasSizeAndTime()
    {
        await Open().WriteAsync("a", Bytes("åäö"), "text/plain", Now);

        var file = Assert.Single(await Open().ListAsync("a", Now).ToListAsync(Now));

        Assert.Equal(6, file.Bytes);
        Assert.InRange(file.LastModified, WrittenAt - TimeSpan.FromMinutes(1), WrittenAt + TimeSpan.FromMinutes(1));
    }

    /// <summary>The clock of the store.</summary>
    protected abstract DateTimeOffset WrittenAt { get; }

    [Fact]
    public async Task Delete_File_FreesPath()
    {
        await Open().WriteAsync("a", Bytes("first"), "text/plain", Now);

        await Open().DeleteAsync("a", Now);
        await Open().DeleteAsync("a", Now);

        Assert.Null(await Open().ReadAsync("a", Now));
        await Open().WriteAsync("a", Bytes("second"), "text/plain", Now);
        Assert.Equal(Bytes("second"), await Open().ReadAsync("a", Now));
    }

    private async Task<IEnumerable<string>> ListAsync(string prefix) =>
        (await Open().ListAsync(prefix, Now).ToListAsync(Now)).Select(file => file.Path);
}
