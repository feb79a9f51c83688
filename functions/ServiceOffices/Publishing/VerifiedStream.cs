using System.Security.Cryptography;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing;

/// <summary>A whole published file that is hashed while it is read: if the hash differs, its last bytes are not returned.</summary>
/// <param name="onDamaged">Called before the exception.</param>
internal sealed class VerifiedStream(Stream source, PublishedFile file, Action onDamaged) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => file.Bytes;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is not the one that was published.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..count]);
        position += count;
        if (count > 0 && position == file.Bytes && Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            onDamaged();
            throw new InvalidDataException($"'{file.Path}' was damaged after it had been verified.");
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored file must be read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
