namespace ServiceOffices.Storage;

/// <summary>What a publication's file may be called in every store: a part of a URL and a name in a blob container.</summary>
internal static class PublicationPath
{
    /// <summary>The pointer's own name.</summary>
    public const string Current = "current";

    /// <summary>The name of what the lease is taken on.</summary>
    public const string Lock = "lock";

    private const int MaxLength = 1024;

    /// <exception cref="ArgumentException">No file may have this path.</exception>
    public static void ThrowIfInvalid(string path)
    {
        if (!IsValid(path))
        {
            throw new ArgumentException(
                $"A path must be 1 to {MaxLength} characters in parts separated by '/', none empty or ending in '.', "
                + $"without '\\' or control characters, and neither '{Current}' nor '{Lock}'; got '{path}'.",
                nameof(path));
        }
    }

    /// <summary>False where no file can stand at that path.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaxLength
        && path is not (Current or Lock)
        && !path.Any(character => character == '\\' || char.IsControl(character) || char.IsSurrogate(character))
        && !path.Split('/').Any(part => part.Length == 0 || part.EndsWith('.'));
}

/// <summary>What a published file says of itself to those who fetch it straight from the storage.</summary>
/// <param name="ContentEncoding">The coding that the bytes are in (RFC 9110, 8.4); null for none.</param>
/// <param name="DownloadName">What to call the file when it is kept; null: as its path ends.</param>
public sealed record FileHeaders(string MediaType, string? ContentEncoding = null, string? DownloadName = null)
{
    /// <summary>A media type and nothing more.</summary>
    public static implicit operator FileHeaders(string mediaType) => FromString(mediaType);

    public static FileHeaders FromString(string mediaType) => new(mediaType);

    /// <summary>The Content-Disposition field's value, or null.</summary>
    public string? ContentDisposition => DownloadName is null ? null : $"attachment; filename=\"{DownloadName}\"";
}

/// <summary>The pointer to the current publication.</summary>
/// <param name="Content">Empty where the reader has it already.</param>
/// <param name="ETag">Opaque; another after every replacement.</param>
public sealed record PublicationPointer(ReadOnlyMemory<byte> Content, string ETag);

/// <summary>A file of a publication store.</summary>
public sealed record StoredFile(string Path, long Bytes, DateTimeOffset LastModified);
