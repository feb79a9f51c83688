namespace ServiceOffices.Storage;

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
