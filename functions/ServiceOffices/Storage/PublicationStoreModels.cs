namespace ServiceOffices.Storage;

/// <summary>The rules for the path of a file, the same in every store: it is a part of a URL and a name in a blob container.</summary>
internal static class PublicationPath
{
    /// <summary>The name of the pointer.</summary>
    public const string Current = "current";

    /// <summary>The name of the object on which the lease is held.</summary>
    public const string Lock = "lock";

    private const int MaxLength = 1024;

    /// <exception cref="ArgumentException">The path is not valid.</exception>
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

    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaxLength
        && path is not (Current or Lock)
        && !path.Any(character => character == '\\' || char.IsControl(character) || char.IsSurrogate(character))
        && !path.Split('/').Any(part => part.Length == 0 || part.EndsWith('.'));
}

/// <summary>The headers of a published file for clients that fetch it directly from the storage.</summary>
/// <param name="ContentEncoding">The content coding of the bytes (RFC 9110, 8.4); null for none.</param>
/// <param name="DownloadName">The suggested file name; null for the last part of the path.</param>
public sealed record FileHeaders(string MediaType, string? ContentEncoding = null, string? DownloadName = null)
{
    /// <summary>Creates headers with a media type only.</summary>
    public static implicit operator FileHeaders(string mediaType) => FromString(mediaType);

    public static FileHeaders FromString(string mediaType) => new(mediaType);

    /// <summary>The value of Content-Disposition, or null.</summary>
    public string? ContentDisposition => DownloadName is null ? null : $"attachment; filename=\"{DownloadName}\"";
}

/// <summary>The pointer to the current publication.</summary>
/// <param name="Content">Empty if the reader already has it.</param>
/// <param name="ETag">Opaque; changes with every replacement.</param>
public sealed record PublicationPointer(ReadOnlyMemory<byte> Content, string ETag);

/// <summary>A file of a publication store.</summary>
public sealed record StoredFile(string Path, long Bytes, DateTimeOffset LastModified);
