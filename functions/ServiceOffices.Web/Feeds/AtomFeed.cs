using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Feeds;

/// <summary>
/// Writes the published changes, newest first, as an Atom feed (RFC 4287) with an archive (RFC 5005, 4) and a tombstone for each
/// office that was removed from the register (RFC 6721).
/// </summary>
public static class AtomFeed
{
    public const string MediaType = "application/atom+xml; charset=utf-8";

    /// <summary>The extension of the documents' paths.</summary>
    public const string Extension = "atom";

    private const string LinkType = "application/atom+xml";

    private static readonly XNamespace AtomNamespace = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace HistoryNamespace = "http://purl.org/syndication/history/1.0";
    private static readonly XNamespace TombstoneNamespace = "http://purl.org/atompub/tombstones/1.0";

    /// <summary>Writes the document. The bytes depend only on the page, the base URL and the language.</summary>
    public static byte[] Write(ChangesFeed changes)
    {
        var feed = new SyndicationFeed(changes.Title, changes.Subtitle, feedAlternateLink: null)
        {
            Id = changes.Id,
            Language = changes.Language.Tag,
            LastUpdatedTime = changes.Updated,
            Copyright = new TextSyndicationContent("CC0 1.0"),
            Items = changes.Page.Changes.Select(change => CreateEntry(changes, change)),
        };
        feed.Authors.Add(new SyndicationPerson(null, changes.Language.Localize(ChangesFeed.Author), changes.BaseUrl + "/"));
        AddLinks(feed, changes);
        AddArchive(feed, changes);
        foreach (var removal in changes.Page.Changes.Where(change => change.Kind == ChangeKind.Removed))
        {
            AddExtension(feed, CreateTombstone(changes, removal));
        }

        return Serialize(feed);
    }

    private static void AddLinks(SyndicationFeed feed, ChangesFeed changes)
    {
        // The feeds in both languages have the same id and entries: they are two representations of one feed.
        feed.Links.Add(CreateLink(changes.GetSelfUrl(Extension), "self"));

        // Readers show the first alternate link as the web page of the feed.
        feed.Links.Add(new(new Uri(changes.BaseUrl + "/"), "alternate", null, "text/html", 0));
        foreach (var other in Language.All.Where(other => other != changes.Language))
        {
            var link = new SyndicationLink(new Uri(changes.GetSelfUrl(Extension, other)), "alternate", other.Name, LinkType, 0);
            link.AttributeExtensions.Add(new XmlQualifiedName("hreflang"), other.Tag);
            feed.Links.Add(link);
        }

        feed.Links.Add(new(new Uri($"{changes.BaseUrl}/odata/v1/changes"), "alternate", null, "application/json", 0));
        feed.Links.Add(new(new Uri(changes.GetSelfUrl(JsonFeed.Extension)), "alternate", null, "application/feed+json", 0));
        feed.Links.Add(new(new Uri(Licence.Url), "license", Licence.Name, null, 0)); // RFC 4946
    }

    /// <summary>Adds the links between the documents, and the marker of an archive document (RFC 5005, 4).</summary>
    private static void AddArchive(SyndicationFeed feed, ChangesFeed changes)
    {
        if (changes.Page.Previous is { } previous)
        {
            feed.Links.Add(CreateLink(changes.GetPageUrl(Extension, previous), "prev-archive"));
        }

        if (changes.Page.Number is not { } number)
        {
            return;
        }

        // Always present, so that the newest complete page does not change when the next one is complete. Until then, the URL of the
        // next page redirects to the current page.
        feed.Links.Add(CreateLink(changes.GetPageUrl(Extension, number + 1), "next-archive"));
        feed.Links.Add(CreateLink(changes.GetCurrentUrl(Extension), "current"));
        AddExtension(feed, new XElement(HistoryNamespace + "archive", new XAttribute(XNamespace.Xmlns + "fh", HistoryNamespace)));
    }

    private static SyndicationLink CreateLink(string url, string relation) => new(new Uri(url), relation, null, LinkType, 0);

    /// <summary>
    /// Creates a tombstone (RFC 6721, 3). It refers to the office by its entity-id, as in an OData delta response, and not to an
    /// entry: the entries are changes, and the removal of an office does not withdraw them.
    /// </summary>
    private static XElement CreateTombstone(ChangesFeed changes, Change removal) => new(TombstoneNamespace + "deleted-entry",
        new XAttribute(XNamespace.Xmlns + "at", TombstoneNamespace),
        new XAttribute("ref", changes.GetOfficeUrl(removal)),
        new XAttribute("when", XmlConvert.ToString(removal.At.UtcDateTime, XmlDateTimeSerializationMode.Utc)),
        new XElement(TombstoneNamespace + "by",
            new XElement(AtomNamespace + "name", changes.Language.Localize(ChangesFeed.Author)),
            new XElement(AtomNamespace + "uri", changes.BaseUrl + "/")),
        new XElement(TombstoneNamespace + "comment", XmlEscaper.ReplaceInvalid(changes.Formatter.FormatTitle(removal))),
        new XElement(AtomNamespace + "link",
            new XAttribute("rel", "related"), new XAttribute("type", "application/json"), new XAttribute("href", changes.GetChangeUrl(removal))));

    private static void AddExtension(SyndicationFeed feed, XElement extension)
    {
        using var reader = extension.CreateReader();
        feed.ElementExtensions.Add(reader);
    }

    private static SyndicationItem CreateEntry(ChangesFeed changes, Change change)
    {
        var entry = new SyndicationItem
        {
            Id = FeedId.ForChange(changes.Publication, change),
            Title = new TextSyndicationContent(XmlEscaper.ReplaceInvalid(changes.Formatter.FormatTitle(change))),
            LastUpdatedTime = change.At,
            PublishDate = change.At,
            Content = SyndicationContent.CreateHtmlContent(changes.Formatter.FormatHtml(change)),
        };
        entry.Categories.Add(new SyndicationCategory(XmlEscaper.ReplaceInvalid(change.Kind), null, changes.Formatter.FormatKind(change)));

        // A removed office returns 404, so the entry links to the change itself.
        var record = new Uri(changes.GetChangeUrl(change));
        var isRemoved = change.Kind == ChangeKind.Removed;
        if (isRemoved)
        {
            entry.Links.Add(new(record, "alternate", null, "application/json", 0));
        }
        else
        {
            entry.Links.Add(new(new Uri(changes.GetPortalUrl(change)), "alternate", null, "text/html", 0));
            entry.Links.Add(new(new Uri(changes.GetOfficeUrl(change)), "alternate", null, "application/json", 0));
            entry.Links.Add(new(record, "related", null, "application/json", 0));
        }

        return entry;
    }

    private static byte[] Serialize(SyndicationFeed feed)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            feed.SaveAsAtom10(xml);
        }

        return bytes.ToArray();
    }
}
