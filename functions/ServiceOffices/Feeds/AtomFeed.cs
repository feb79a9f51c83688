using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>
/// The changes that publications recorded, newest first, as an Atom feed (RFC 4287) with its archive (RFC 5005, 4) and a
/// tombstone for each office that left the register (RFC 6721).
/// </summary>
public static class AtomFeed
{
    public const string MediaType = "application/atom+xml; charset=utf-8";

    /// <summary>What the documents' paths end in.</summary>
    public const string Extension = "atom";

    private const string LinkType = "application/atom+xml";
    private const string Licence = "https://creativecommons.org/publicdomain/zero/1.0/";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";

    /// <summary>The document's bytes: the same for the same page, address and language.</summary>
    public static byte[] Write(ChangesFeed changes)
    {
        var feed = new SyndicationFeed(changes.Title, changes.Subtitle, feedAlternateLink: null)
        {
            Id = changes.Id,
            Language = changes.Language.Tag,
            LastUpdatedTime = changes.Updated,
            Copyright = new TextSyndicationContent("CC0 1.0"),
            Items = changes.Page.Changes.Select(change => Entry(changes, change)),
        };
        feed.Authors.Add(new SyndicationPerson(null, changes.Language.Of(ChangesFeed.Author), changes.Address + "/"));
        AddLinks(feed, changes);
        AddArchive(feed, changes);
        foreach (var removal in changes.Page.Changes.Where(change => change.Kind == ChangeText.Removed))
        {
            Add(feed, Tombstone(changes, removal));
        }

        return Bytes(feed);
    }

    private static void AddLinks(SyndicationFeed feed, ChangesFeed changes)
    {
        // Both languages have one feed id and the same entries: they are one feed's two representations.
        feed.Links.Add(Link(changes.SelfUrl(Extension), "self"));
        foreach (var other in Language.All.Where(other => other != changes.Language))
        {
            var link = new SyndicationLink(new Uri(changes.SelfUrl(Extension, other)), "alternate", other.Name, LinkType, 0);
            link.AttributeExtensions.Add(new XmlQualifiedName("hreflang"), other.Tag);
            feed.Links.Add(link);
        }

        feed.Links.Add(new(new Uri(changes.Address + "/"), "alternate", null, "text/html", 0));
        feed.Links.Add(new(new Uri($"{changes.Address}/odata/v1/changes"), "alternate", null, "application/json", 0));
        feed.Links.Add(new(new Uri(changes.SelfUrl(JsonFeed.Extension)), "alternate", null, "application/feed+json", 0));
        feed.Links.Add(new(new Uri(Licence), "license", "CC0 1.0", null, 0)); // RFC 4946
    }

    /// <summary>RFC 5005, 4: what tells a document of the archive, and the links between the documents.</summary>
    private static void AddArchive(SyndicationFeed feed, ChangesFeed changes)
    {
        if (changes.Page.Previous is { } previous)
        {
            feed.Links.Add(Link(changes.PageUrl(Extension, previous), "prev-archive"));
        }

        if (changes.Page.Number is not { } number)
        {
            return;
        }

        // Always there, so that the newest complete page need not change when the next is complete: until then that
        // page's address leads on to the current page.
        feed.Links.Add(Link(changes.PageUrl(Extension, number + 1), "next-archive"));
        feed.Links.Add(Link(changes.CurrentUrl(Extension), "current"));
        Add(feed, new XElement(History + "archive", new XAttribute(XNamespace.Xmlns + "fh", History)));
    }

    private static SyndicationLink Link(string url, string relation) => new(new Uri(url), relation, null, LinkType, 0);

    /// <summary>
    /// RFC 6721, 3. It refers to the office (its entity-id, as OData's own tombstones do) and to no entry: the entries
    /// are changes, and that an office is gone takes back nothing of what happened to it.
    /// </summary>
    private static XElement Tombstone(ChangesFeed changes, Change removal) => new(Tombstones + "deleted-entry",
        new XAttribute(XNamespace.Xmlns + "at", Tombstones),
        new XAttribute("ref", changes.OfficeUrl(removal)),
        new XAttribute("when", XmlConvert.ToString(removal.At.UtcDateTime, XmlDateTimeSerializationMode.Utc)),
        new XElement(Tombstones + "by",
            new XElement(Atom + "name", changes.Language.Of(ChangesFeed.Author)),
            new XElement(Atom + "uri", changes.Address + "/")),
        new XElement(Tombstones + "comment", XmlText.Clean(ChangeText.Title(removal, changes.Language))),
        new XElement(Atom + "link",
            new XAttribute("rel", "related"), new XAttribute("type", "application/json"), new XAttribute("href", changes.RecordUrl(removal))));

    private static void Add(SyndicationFeed feed, XElement extension)
    {
        using var reader = extension.CreateReader();
        feed.ElementExtensions.Add(reader);
    }

    private static SyndicationItem Entry(ChangesFeed changes, Change change)
    {
        var entry = new SyndicationItem
        {
            Id = FeedId.Of(changes.Publication, change),
            Title = new TextSyndicationContent(XmlText.Clean(ChangeText.Title(change, changes.Language))),
            LastUpdatedTime = change.At,
            PublishDate = change.At,
            Content = SyndicationContent.CreateHtmlContent(ChangeText.Html(change, changes.Language)),
        };
        entry.Categories.Add(new SyndicationCategory(XmlText.Clean(change.Kind), null, ChangeText.Kind(change, changes.Language)));

        // A removed office answers 404: there the change itself is what can be read.
        var record = new Uri(changes.RecordUrl(change));
        var isRemoved = change.Kind == ChangeText.Removed;
        if (isRemoved)
        {
            entry.Links.Add(new(record, "alternate", null, "application/json", 0));
        }
        else
        {
            entry.Links.Add(new(new Uri(changes.PageUrlOf(change)), "alternate", null, "text/html", 0));
            entry.Links.Add(new(new Uri(changes.OfficeUrl(change)), "alternate", null, "application/json", 0));
            entry.Links.Add(new(record, "related", null, "application/json", 0));
        }

        return entry;
    }

    private static byte[] Bytes(SyndicationFeed feed)
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
