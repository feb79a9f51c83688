using System.Globalization;
using System.Xml.Linq;

namespace ServiceOffices.Web.Tests.Feeds;

/// <summary>Validates a feed document by the rules of RFC 4287; each failure names its section.</summary>
internal static class AtomFeedValidator
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static void Validate(byte[] document)
    {
        using var stream = new MemoryStream(document);
        var feed = XDocument.Load(stream).Root!;
        Assert.True(feed.Name == Atom + "feed", "4.1.1: the root is atom:feed.");

        ValidateCommon(feed, "feed", ["id", "title", "updated"], ["subtitle", "rights", "generator", "icon", "logo"]);
        Assert.True(feed.Elements(Atom + "author").Any(), "4.1.1: a feed has authors unless all its entries have authors.");
        Assert.True(feed.Elements(Atom + "link").Any(link => GetRelation(link) == "self"), "4.1.1: a feed should link itself.");

        var entries = feed.Elements(Atom + "entry").ToArray();
        foreach (var entry in entries)
        {
            ValidateCommon(entry, "entry", ["id", "title", "updated"], ["published", "rights", "content", "summary", "source"]);
            ValidateContent(entry);
        }

        var ids = entries.Select(entry => entry.Element(Atom + "id")!.Value).ToArray();
        Assert.True(ids.Distinct().Count() == ids.Length, "4.2.6: the ids of entries are unique.");
        Assert.DoesNotContain(feed.Element(Atom + "id")!.Value, ids);

        // Extension elements are allowed, but Atom elements only where they belong.
        string[] known = ["author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated", "entry"];
        Assert.All(feed.Elements().Where(element => element.Name.Namespace == Atom), element => Assert.Contains(element.Name.LocalName, known));
    }

    private static void ValidateCommon(XElement element, string kind, string[] exactlyOne, string[] atMostOne)
    {
        foreach (var name in exactlyOne)
        {
            Assert.True(element.Elements(Atom + name).Count() == 1, $"4.1: {kind} has exactly one {name}.");
        }

        foreach (var name in atMostOne)
        {
            Assert.True(element.Elements(Atom + name).Count() <= 1, $"4.1: {kind} has at most one {name}.");
        }

        var id = element.Element(Atom + "id")!.Value;
        Assert.True(Uri.TryCreate(id, UriKind.Absolute, out _), $"4.2.6: '{id}' is an absolute IRI.");
        Assert.False(string.IsNullOrWhiteSpace(element.Element(Atom + "title")!.Value), $"4.2.14: the title of a {kind} is not empty.");
        foreach (var date in element.Elements().Where(child => child.Name == Atom + "updated" || child.Name == Atom + "published"))
        {
            // 3.3: RFC 3339 with upper-case T and Z.
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", date.Value);
            Assert.True(DateTimeOffset.TryParse(date.Value, CultureInfo.InvariantCulture, out _), $"3.3: {date.Value} is a date.");
        }

        foreach (var person in element.Elements(Atom + "author"))
        {
            Assert.True(person.Elements(Atom + "name").Count() == 1, "3.2.1: a person has one name.");
            Assert.All(person.Elements(Atom + "uri"), uri => Assert.True(Uri.TryCreate(uri.Value, UriKind.Absolute, out _), "3.2.2: a person's uri is an IRI."));
        }

        foreach (var link in element.Elements(Atom + "link"))
        {
            var href = link.Attribute("href")?.Value;
            Assert.True(Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", $"4.2.7.1: '{href}' is an absolute IRI here, as there is no xml:base.");
        }

        Assert.All(element.Elements(Atom + "category"), category => Assert.NotNull(category.Attribute("term"))); // 4.2.2.1
        var alternates = element.Elements(Atom + "link").Where(link => GetRelation(link) == "alternate")
            .Select(link => (link.Attribute("type")?.Value, link.Attribute("hreflang")?.Value)).ToArray();
        Assert.True(alternates.Distinct().Count() == alternates.Length, $"4.1: a {kind}'s alternate links differ by type or hreflang.");
    }

    private static void ValidateContent(XElement entry)
    {
        var content = entry.Element(Atom + "content");
        Assert.True(content is not null || entry.Elements(Atom + "link").Any(link => GetRelation(link) == "alternate"), "4.1.2: an entry without content has an alternate link.");
        if (content?.Attribute("type")?.Value is "html" or "text" or null)
        {
            Assert.False(content?.HasElements, "4.1.3.3: text and HTML content has no child elements.");
        }
    }

    private static string GetRelation(XElement link) => link.Attribute("rel")?.Value ?? "alternate";
}
