using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Feeds;

/// <summary>The feed that a path identifies.</summary>
/// <param name="Extension">The format: one of the feeds' extensions.</param>
/// <param name="Page">The page of the archive, from 1; null for the current document.</param>
internal sealed record FeedPath(string Extension, int? Page)
{
    public const string CalendarExtension = "ics";

    private const string ChangesPath = "/feeds/changes";

    /// <summary>The available paths, as part of an error message.</summary>
    public const string KnownPaths = "/feeds/changes.atom, /feeds/changes.json, /feeds/calendar.ics and pages of the archive such as /feeds/changes/1.atom";

    /// <summary>Parses a path; null if it does not identify a feed.</summary>
    public static FeedPath? Parse(string path)
    {
        if (path.Equals(CalendarFeed.Path, StringComparison.OrdinalIgnoreCase))
        {
            return new(CalendarExtension, null);
        }

        var dotIndex = path.LastIndexOf('.');
        if (dotIndex < 0 || !path.StartsWith(ChangesPath, StringComparison.OrdinalIgnoreCase) || FindExtension(path[(dotIndex + 1)..]) is not { } extension)
        {
            return null;
        }

        var page = path[ChangesPath.Length..dotIndex];
        return page.Length == 0 ? new(extension, null)
            : page.StartsWith('/') && PathSegments.ParseNumber(page[1..]) is { } number and <= int.MaxValue ? new(extension, (int)number)
            : null;
    }

    private static string? FindExtension(string value) =>
        ((string[])[AtomFeed.Extension, JsonFeed.Extension]).FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase));
}
