using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Testing;
using ServiceOffices.Web.Feeds;

namespace ServiceOffices.Web.Tests.Feeds;

public sealed class AtomFeedTests
{
    private const string Address = "https://example.se";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";

    private static readonly Publication Three = SamplePublications.Publication(
        SamplePublications.Change(1, "Åsele", "added", new PropertyChange("name", null, "Åsele"), new PropertyChange("status", null, "planned")),
        SamplePublications.Change(2, "Storuman & \"Co\" <b>", "opened", new PropertyChange("status", "planned", "open"), new PropertyChange("phone", "0771-1", null)),
        SamplePublications.Change(3, "Torsby", "removed"));

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Write_Changes_MatchesGoldenAndRfc4287(string language)
    {
        var bytes = Write(Three, Language.Find(language)!);

        AtomFeedValidator.Validate(bytes);
        Golden.Matches($"changes.{language}.atom", bytes);
    }

    [Fact]
    public void Write_Changes_ReadBackNewestFirst()
    {
        var feed = Load(Write(Three, Language.English));

        Assert.Equal(["Torsby was removed from the register", "Storuman & \"Co\" <b> has opened", "Åsele was added to the register"], feed.Items.Select(item => item.Title.Text));
        Assert.Equal(["removed", "opened", "added"], feed.Items.Select(item => item.Categories.Single().Name));
        Assert.Equal(SamplePublications.FirstPublishedAt.AddHours(3), feed.LastUpdatedTime);
        Assert.Equal(SamplePublications.FirstPublishedAt.AddHours(2), feed.Items.ElementAt(1).LastUpdatedTime);
        Assert.Equal(
            ["https://example.se/odata/v1/changes(3)", "https://example.se/odata/v1/offices('office-2')", "https://example.se/odata/v1/offices('office-1')"],
            feed.Items.Select(item => item.Links.Single(link => link is { RelationshipType: "alternate", MediaType: "application/json" }).Uri.AbsoluteUri));
        Assert.Equal(
            ["https://example.se/en/offices/office-2", "https://example.se/en/offices/office-1"],
            feed.Items.SelectMany(item => item.Links.Where(link => link is { RelationshipType: "alternate", MediaType: "text/html" })).Select(link => link.Uri.AbsoluteUri));
        Assert.Contains("<li>Status changed from planned to open.</li>", ((TextSyndicationContent)feed.Items.ElementAt(1).Content).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Write_FirstAlternateLink_IsWebPage(string language)
    {
        var feed = Load(Write(Three, Language.Find(language)!));

        Assert.Equal("text/html", feed.Links.First(link => link.RelationshipType == "alternate").MediaType);
    }

    [Fact]
    public void Write_NoChanges_IsValidEmptyFeed()
    {
        var bytes = Write(SamplePublications.Publication(), Language.Swedish);

        AtomFeedValidator.Validate(bytes);
        Assert.Empty(Load(bytes).Items);
        Assert.Equal(SamplePublications.FirstPublishedAt, Load(bytes).LastUpdatedTime);
    }

    [Fact]
    public void Write_ManyChanges_PagesHaveNoGapOrOverlap()
    {
        var publication = SamplePublications.PublicationWithChanges(170);

        var documents = new List<XElement> { Root(Write(publication, Language.Swedish)) };
        while (Href(documents[^1], "prev-archive") is { } previous)
        {
            Assert.StartsWith("https://example.se/feeds/changes/", previous, StringComparison.Ordinal);
            documents.Add(Root(Write(publication, Language.Swedish, page: PageOf(previous))));
        }

        Assert.Equal([70, 50, 50], documents.Select(document => document.Elements(Atom + "entry").Count())); // 3 complete pages; the third is polled
        Assert.Equal(
            Enumerable.Range(1, 170).Reverse().Select(i => $"Kontor {i} har ändrats"),
            documents.SelectMany(document => document.Elements(Atom + "entry")).Select(entry => entry.Element(Atom + "title")!.Value));
        Assert.Single(documents.Select(document => document.Element(Atom + "id")!.Value).Distinct()); // RFC 5005, 4: one logical feed
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(49, 49, null)]
    [InlineData(50, 50, null)]
    [InlineData(99, 99, null)]
    [InlineData(100, 50, "1")]
    [InlineData(149, 99, "1")]
    [InlineData(150, 50, "2")]
    public void Write_AnyCount_SubscriptionDocumentStartsAfterPreviousPage(int changes, int entries, string? previous)
    {
        var feed = Root(Write(SamplePublications.PublicationWithChanges(changes), Language.Swedish));

        Assert.Equal(entries, feed.Elements(Atom + "entry").Count());
        Assert.Equal(previous is null ? null : $"https://example.se/feeds/changes/{previous}.atom?lang=sv", Href(feed, "prev-archive"));
        Assert.Null(feed.Element(History + "archive"));
    }

    [Fact]
    public void Write_ArchivePage_IsMarkedAndLinked()
    {
        var bytes = Write(SamplePublications.PublicationWithChanges(170), Language.English, page: 2);

        AtomFeedValidator.Validate(bytes);
        var feed = Root(bytes);
        Assert.NotNull(feed.Element(History + "archive")); // RFC 5005, 4
        Assert.Equal("https://example.se/feeds/changes/2.atom?lang=en", Href(feed, "self"));
        Assert.Equal("https://example.se/feeds/changes/1.atom?lang=en", Href(feed, "prev-archive"));
        Assert.Equal("https://example.se/feeds/changes/3.atom?lang=en", Href(feed, "next-archive"));
        Assert.Equal("https://example.se/feeds/changes.atom?lang=en", Href(feed, "current"));
        Assert.Equal(SamplePublications.FirstPublishedAt.AddHours(100), DateTimeOffset.Parse(feed.Element(Atom + "updated")!.Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Write_ArchivePage_IsImmutable()
    {
        var whenNew = Write(SamplePublications.PublicationWithChanges(50), Language.Swedish, page: 1);

        Assert.All([51, 99, 100, 170], later => Assert.Equal(whenNew, Write(SamplePublications.PublicationWithChanges(later), Language.Swedish, page: 1)));
        Assert.Null(FeedPage.GetArchived(SamplePublications.PublicationWithChanges(99).Register.Changes, 2));
        Assert.Null(FeedPage.GetArchived(SamplePublications.PublicationWithChanges(99).Register.Changes, 0));
    }

    [Fact]
    public void Write_RemovedOffice_HasTombstoneAndEntry()
    {
        var feed = Root(Write(Three, Language.Swedish));

        var tombstone = feed.Elements(Tombstones + "deleted-entry").Single(); // RFC 6721, 3
        Assert.Equal("https://example.se/odata/v1/offices('office-3')", tombstone.Attribute("ref")!.Value);
        Assert.Equal("2026-03-01T03:00:00Z", tombstone.Attribute("when")!.Value);
        Assert.Equal("Torsby har tagits bort ur registret", tombstone.Element(Tombstones + "comment")!.Value);
        Assert.Equal("Servicekontor som öppna data", tombstone.Element(Tombstones + "by")!.Element(Atom + "name")!.Value);
        Assert.Equal("https://example.se/odata/v1/changes(3)", Href(tombstone, "related"));
        Assert.DoesNotContain(tombstone.Attribute("ref")!.Value, feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value)); // no change is withdrawn
    }

    [Fact]
    public void Write_Ids_DoNotDependOnUrlLanguageOrLaterChanges()
    {
        var later = SamplePublications.Publication([.. Three.Register.Changes, SamplePublications.Change(4, "Vansbro")]);

        var before = Load(Write(Three, Language.Swedish));
        var after = Load(Write(later, Language.English, address: "http://localhost:7071"));

        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Items.Select(item => item.Id), after.Items.Skip(1).Select(item => item.Id));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", before.Id); // RFC 9562, 5.8
    }

    // Not InlineData: an attribute cannot contain a lone surrogate.
    public static TheoryData<string[]> Forbidden => new(
        ["a\u0001b\u0000\ud83cc\uffff", "a\ufffdb\ufffd\ufffdc\ufffd"],
        ["\udfe2\ud83c", "\ufffd\ufffd"],
        ["🏢 å\tä\nö", "🏢 å\tä\nö"]);

    [Theory]
    [MemberData(nameof(Forbidden), DisableDiscoveryEnumeration = true)]
    public void Write_InvalidXmlCharacters_AreReplaced(string[] nameAndExpected)
    {
        var (name, expected) = (nameAndExpected[0], nameAndExpected[1]); // XML 1.0, 2.2
        var change = SamplePublications.Change(1, name, "changed", new PropertyChange(name, name, name));

        var bytes = Write(SamplePublications.Publication(change), Language.English);

        AtomFeedValidator.Validate(bytes);
        Assert.Equal($"{expected} has new information: {expected}", Load(bytes).Items.Single().Title.Text);
        Assert.Contains($"<li>{expected} changed from {expected} to {expected}.</li>", ((TextSyndicationContent)Load(bytes).Items.Single().Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MarkupInValue_IsEscaped()
    {
        var change = SamplePublications.Change(1, "x", "changed", new PropertyChange("note", null, "<script>alert('x')</script>"));

        var html = ((TextSyndicationContent)Load(Write(SamplePublications.Publication(change), Language.English)).Items.Single().Content).Text;

        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UnknownKindAndProperty_AreWrittenAsIs()
    {
        var change = SamplePublications.Change(1, "Åsele", "merged", new PropertyChange("newColumn", "a", "b"));

        var entry = Load(Write(SamplePublications.Publication(change), Language.Swedish)).Items.Single();

        Assert.Equal("merged: Åsele", entry.Title.Text);
        Assert.Contains("<li>newColumn ändrades från a till b.</li>", ((TextSyndicationContent)entry.Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Start_HasNoByteOrderMark()
    {
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", Encoding.UTF8.GetString(Write(Three, Language.English)), StringComparison.Ordinal);
    }

    private static byte[] Write(Publication publication, Language language, int? page = null, string address = Address)
    {
        var history = publication.Register.Changes;
        var found = page is { } number ? FeedPage.GetArchived(history, number)! : FeedPage.GetCurrent(history);
        return AtomFeed.Write(new ChangesFeed(publication, FeedFilter.None, found, address, language));
    }

    private static int PageOf(string url) => int.Parse(url.Split('/')[^1].Split('.')[0], CultureInfo.InvariantCulture);

    private static XElement Root(byte[] document) => XDocument.Load(new MemoryStream(document)).Root!;

    private static string? Href(XElement element, string relation) =>
        element.Elements(Atom + "link").SingleOrDefault(link => link.Attribute("rel")?.Value == relation)?.Attribute("href")?.Value;

    private static SyndicationFeed Load(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes));
        return SyndicationFeed.Load(reader);
    }
}
