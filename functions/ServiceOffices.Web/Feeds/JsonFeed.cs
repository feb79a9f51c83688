using System.Buffers;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Feeds;

/// <summary>
/// Writes the changes as a JSON Feed (jsonfeed.org, version 1.1) with the same items and ids as <see cref="AtomFeed"/>, each with the
/// change as data.
/// </summary>
public static class JsonFeed
{
    public const string MediaType = "application/feed+json; charset=utf-8";

    /// <summary>The extension of the documents' paths.</summary>
    public const string Extension = "json";

    // JSON Feed 1.1, "Extensions": the name of an extension starts with an underscore.
    private const string ExtensionName = "_register";

    /// <summary>Writes the document. The bytes depend only on the page, the base URL and the language.</summary>
    public static byte[] Write(ChangesFeed changes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", changes.Title);
            json.WriteString("home_page_url", changes.BaseUrl + "/");
            json.WriteString("feed_url", changes.GetSelfUrl(Extension));
            json.WriteString("description", changes.Subtitle);
            if (changes.Page.Previous is { } previous)
            {
                json.WriteString("next_url", changes.GetPageUrl(Extension, previous));
            }

            json.WriteString("language", changes.Language.Tag);
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", changes.Language.Localize(ChangesFeed.Author));
            json.WriteString("url", changes.BaseUrl + "/");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject(ExtensionName);
            json.WriteString("about", $"{changes.BaseUrl}/odata/v1/$metadata");
            json.WriteEndObject();
            json.WriteStartArray("items");
            foreach (var change in changes.Page.Changes)
            {
                WriteItem(json, changes, change);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteItem(Utf8JsonWriter json, ChangesFeed changes, Change change)
    {
        json.WriteStartObject();
        json.WriteString("id", FeedId.ForChange(changes.Publication, change));
        var isRemoved = change.Kind == ChangeKind.Removed;
        json.WriteString("url", isRemoved ? changes.GetChangeUrl(change) : changes.GetPortalUrl(change));
        if (!isRemoved)
        {
            json.WriteString("external_url", changes.GetOfficeUrl(change));
        }

        json.WriteString("title", changes.Formatter.FormatTitle(change));
        json.WriteString("content_html", changes.Formatter.FormatHtml(change));
        json.WriteString("date_published", change.At.UtcDateTime);
        json.WriteStartArray("tags");
        json.WriteStringValue(change.Kind);
        json.WriteEndArray();
        WriteChange(json, change);
        json.WriteEndObject();
    }

    /// <summary>Writes the change with the property names of the entity set <c>changes</c>.</summary>
    private static void WriteChange(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject(ExtensionName);
        json.WriteNumber("sequence", change.Sequence);
        json.WriteString("officeId", change.OfficeId);
        json.WriteString("officeName", change.Name);
        json.WriteString("kind", change.Kind);
        json.WriteStartArray("properties");
        foreach (var property in change.Properties)
        {
            json.WriteStartObject();
            json.WriteString("property", property.Property);
            json.WriteString("oldValue", property.OldValue);
            json.WriteString("newValue", property.NewValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("publication", change.Publication);
        json.WriteString("at", change.At.UtcDateTime);
        json.WriteEndObject();
    }
}
