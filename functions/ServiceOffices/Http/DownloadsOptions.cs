namespace ServiceOffices.Http;

/// <summary>How the bytes of downloads reach clients.</summary>
/// <param name="RedirectTo">
/// Where the publications' files can be fetched without this service, without a closing slash: the blob container, or a CDN
/// before it. Null: this service streams them.
/// </param>
public sealed record DownloadsOptions(string? RedirectTo);
