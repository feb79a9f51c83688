using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>The changes that publications recorded, newest first, as an Atom feed (RFC 4287).</summary>
public static class AtomFeed
{
    public const string MediaType = "application/atom+xml; charset=utf-8";

    /// <summary>The path from the platform's root.</summary>
    public const string Path = "/feeds/changes.atom";

    /// <summary>A page's entries at most; older changes are in the entity set <c>changes</c>.</summary>
    public const int EntriesPerPage = 50;

    private const string Licence = "https://creativecommons.org/publicdomain/zero/1.0/";

    private static readonly Text Title = new("State service offices: changes", "Statliga servicekontor: ändringar");

    private static readonly Text Subtitle = new(
        "Every opening, change and closing of Sweden's state service offices, as the register published it.",
        "Varje öppning, ändring och stängning av statens servicekontor, så som registret publicerade den.");

    private static readonly Text Author = new("Service Offices Open Data", "Servicekontor som öppna data");

    /// <summary>When the newest change was published; the first publication's time before any change.</summary>
    public static DateTimeOffset Updated(Publication publication) =>
        publication.Register.Changes is [.., var newest] ? newest.At : publication.Register.Publications[0].At;

    /// <summary>The feed's bytes: the same for the same publication, address and language.</summary>
    /// <param name="address">Where clients reach this service, without a closing slash: links start with it.</param>
    public static byte[] Write(Publication publication, string address, Language language)
    {
        var newest = publication.Register.Changes.Reverse().Take(EntriesPerPage).ToArray();
        var feed = new SyndicationFeed(language.Of(Title), language.Of(Subtitle), feedAlternateLink: null)
        {
            Id = FeedId.OfChanges(publication),
            Language = language.Tag,
            LastUpdatedTime = Updated(publication),
            Copyright = new TextSyndicationContent("CC0 1.0"),
            Items = newest.Select(change => Entry(publication, change, address, language)),
        };
        feed.Authors.Add(new SyndicationPerson(null, language.Of(Author), address + "/"));
        AddLinks(feed, address, language);
        return Bytes(feed);
    }

    private static void AddLinks(SyndicationFeed feed, string address, Language language)
    {
        // Both languages have one feed id and the same entries: they are one feed's two representations.
        feed.Links.Add(new(new Uri(Self(language)), "self", null, "application/atom+xml", 0));
        foreach (var other in Language.All.Where(other => other != language))
        {
            var link = new SyndicationLink(new Uri(Self(other)), "alternate", other.Name, "application/atom+xml", 0);
            link.AttributeExtensions.Add(new XmlQualifiedName("hreflang"), other.Tag);
            feed.Links.Add(link);
        }

        feed.Links.Add(new(new Uri(address + "/"), "alternate", null, "text/html", 0));
        feed.Links.Add(new(new Uri($"{address}/odata/v1/changes"), "alternate", null, "application/json", 0));
        feed.Links.Add(new(new Uri(Licence), "license", "CC0 1.0", null, 0)); // RFC 4946

        string Self(Language of) => $"{address}{Path}?lang={of.Tag}";
    }

    private static SyndicationItem Entry(Publication publication, Change change, string address, Language language)
    {
        var entry = new SyndicationItem
        {
            Id = FeedId.Of(publication, change),
            Title = new TextSyndicationContent(XmlText.Clean(ChangeText.Title(change, language))),
            LastUpdatedTime = change.At,
            PublishDate = change.At,
            Content = SyndicationContent.CreateHtmlContent(ChangeText.Html(change, language)),
        };
        entry.Categories.Add(new SyndicationCategory(XmlText.Clean(change.Kind), null, ChangeText.Kind(change, language)));

        // A removed office answers 404: there the change itself is what can be read.
        var office = new Uri($"{address}/odata/v1/offices('{Uri.EscapeDataString(change.OfficeId.Replace("'", "''", StringComparison.Ordinal))}')");
        var record = new Uri(FormattableString.Invariant($"{address}/odata/v1/changes({change.Sequence})"));
        var isRemoved = change.Kind == ChangeText.Removed;
        entry.Links.Add(new(isRemoved ? record : office, "alternate", null, "application/json", 0));
        if (!isRemoved)
        {
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
