using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Publishing;

/// <summary>A fault of a stored file.</summary>
public enum Damage
{
    Delete,
    Empty,
    Truncate,
    FlipBit,
    Garbage,
}

/// <summary>Damages stored files.</summary>
internal static class DamagedBytes
{
    /// <returns>Null if the file is to be deleted.</returns>
    public static byte[]? Create(byte[] content, Damage damage)
    {
        switch (damage)
        {
            case Damage.Delete:
                return null;
            case Damage.Empty:
                return [];
            case Damage.Truncate:
                return content[..(content.Length / 2)];
            case Damage.FlipBit:
                byte[] flipped = [.. content];
                flipped[content.Length / 2] ^= 1;
                return flipped;
            case Damage.Garbage:
                byte[] garbage = new byte[content.Length];
                new Random(1).NextBytes(garbage);
                return garbage;
            default:
                throw new ArgumentOutOfRangeException(nameof(damage));
        }
    }

    public static async Task ApplyAsync(IFileStore store, string path, Damage damage, CancellationToken cancellationToken)
    {
        var content = await store.ReadAsync(path, cancellationToken);
        Assert.NotNull(content);
        await store.DeleteAsync(path, cancellationToken);
        if (Create(content, damage) is { } damaged)
        {
            await store.WriteAsync(path, damaged, "application/octet-stream", cancellationToken);
        }
    }
}
