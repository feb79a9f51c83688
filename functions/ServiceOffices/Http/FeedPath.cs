using System.Globalization;
using ServiceOffices.Feeds;

namespace ServiceOffices.Http;

/// <summary>Which feed a path names.</summary>
/// <param name="Extension">The format: one of the feeds' extensions.</param>
/// <param name="Page">The page of the archive, 1 and up; null for the document that readers poll.</param>
internal sealed record FeedPath(string Extension, int? Page)
{
    public const string Calendar = "ics";

    private const string Changes = "/feeds/changes";

    /// <summary>What there is, for a sentence.</summary>
    public const string Known = "/feeds/changes.atom, /feeds/changes.json, /feeds/calendar.ics and pages of the archive such as /feeds/changes/1.atom";

    /// <summary>The path's feed, or null where it names none.</summary>
    public static FeedPath? Parse(string path)
    {
        if (path.Equals(CalendarFeed.Path, StringComparison.OrdinalIgnoreCase))
        {
            return new(Calendar, null);
        }

        var dot = path.LastIndexOf('.');
        if (dot < 0 || !path.StartsWith(Changes, StringComparison.OrdinalIgnoreCase) || ExtensionOf(path[(dot + 1)..]) is not { } extension)
        {
            return null;
        }

        var page = path[Changes.Length..dot];
        return page.Length == 0 ? new(extension, null)
            : page.StartsWith('/') && Number(page[1..]) is { } number ? new(extension, number)
            : null;
    }

    // One address a page: 01 is none.
    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && text[0] != '0' ? number : null;

    private static string? ExtensionOf(string text) =>
        ((string[])[AtomFeed.Extension, JsonFeed.Extension]).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
}
