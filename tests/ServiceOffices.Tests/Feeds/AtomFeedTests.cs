using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using ServiceOffices.Feeds;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.Feeds;

public sealed class AtomFeedTests
{
    private const string Address = "https://example.se";

    private static readonly Publication Three = Samples.Publication(
        Samples.Change(1, "Åsele", "added", new PropertyChange("name", null, "Åsele"), new PropertyChange("status", null, "planned")),
        Samples.Change(2, "Storuman & \"Co\" <b>", "opened", new PropertyChange("status", "planned", "open"), new PropertyChange("phone", "0771-1", null)),
        Samples.Change(3, "Torsby", "removed"));

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Write_Changes_MatchesTheGoldenAndTheRules(string language)
    {
        var bytes = AtomFeed.Write(Three, Address, Language.Find(language)!);

        AtomRules.Check(bytes);
        Golden.Matches($"changes.{language}.atom", bytes);
    }

    [Fact]
    public void Write_Changes_AnotherReaderReadsThemNewestFirst()
    {
        var feed = Load(AtomFeed.Write(Three, Address, Language.English));

        Assert.Equal(["Removed: Torsby", "Opened: Storuman & \"Co\" <b>", "Added: Åsele"], feed.Items.Select(item => item.Title.Text));
        Assert.Equal(["removed", "opened", "added"], feed.Items.Select(item => item.Categories.Single().Name));
        Assert.Equal(Samples.Began.AddHours(3), feed.LastUpdatedTime);
        Assert.Equal(Samples.Began.AddHours(2), feed.Items.ElementAt(1).LastUpdatedTime);
        Assert.Equal(
            ["https://example.se/odata/v1/changes(3)", "https://example.se/odata/v1/offices('office-2')", "https://example.se/odata/v1/offices('office-1')"],
            feed.Items.Select(item => item.Links.Single(link => link.RelationshipType == "alternate").Uri.AbsoluteUri));
        Assert.Contains("<th scope=\"row\">Status</th><td>Planned</td><td>Open</td>", ((TextSyndicationContent)feed.Items.ElementAt(1).Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoChanges_IsAValidEmptyFeedOfTheFirstPublication()
    {
        var bytes = AtomFeed.Write(Samples.Publication(), Address, Language.Swedish);

        AtomRules.Check(bytes);
        Assert.Empty(Load(bytes).Items);
        Assert.Equal(Samples.Began, Load(bytes).LastUpdatedTime);
    }

    [Fact]
    public void Write_ManyChanges_HasTheNewestFifty()
    {
        var publication = Samples.Publication([.. Enumerable.Range(1, 120).Select(i => Samples.Change(i, $"Kontor {i}"))]);

        var feed = Load(AtomFeed.Write(publication, Address, Language.Swedish));

        Assert.Equal(Enumerable.Range(71, 50).Reverse().Select(i => $"Ändrat: Kontor {i}"), feed.Items.Select(item => item.Title.Text));
    }

    [Fact]
    public void Write_Ids_StayWhateverTheAddressTheLanguageAndLaterChanges()
    {
        var later = Samples.Publication([.. Three.Register.Changes, Samples.Change(4, "Vansbro")]);

        var before = Load(AtomFeed.Write(Three, Address, Language.Swedish));
        var after = Load(AtomFeed.Write(later, "http://localhost:7071", Language.English));

        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Items.Select(item => item.Id), after.Items.Skip(1).Select(item => item.Id));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", before.Id); // RFC 9562, 5.8
    }

    // Not InlineData: half a surrogate pair does not survive an attribute.
    public static TheoryData<string[]> Forbidden => new(
        ["a\u0001b\u0000\ud83cc\uffff", "a\ufffdb\ufffd\ufffdc\ufffd"],
        ["\udfe2\ud83c", "\ufffd\ufffd"],
        ["🏢 å\tä\nö", "🏢 å\tä\nö"]);

    [Theory]
    [MemberData(nameof(Forbidden), DisableDiscoveryEnumeration = true)]
    public void Write_CharactersThatXmlForbids_AreReplaced(string[] nameAndExpected)
    {
        var (name, expected) = (nameAndExpected[0], nameAndExpected[1]); // XML 1.0, 2.2
        var change = Samples.Change(1, name, "changed", new PropertyChange(name, name, name));

        var bytes = AtomFeed.Write(Samples.Publication(change), Address, Language.English);

        AtomRules.Check(bytes);
        Assert.Equal($"Changed: {expected}", Load(bytes).Items.Single().Title.Text);
        Assert.Contains($"<td>{expected}</td><td>{expected}</td>", ((TextSyndicationContent)Load(bytes).Items.Single().Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MarkupInAValue_IsShownAsText()
    {
        var change = Samples.Change(1, "x", "changed", new PropertyChange("note", null, "<script>alert('x')</script>"));

        var html = ((TextSyndicationContent)Load(AtomFeed.Write(Samples.Publication(change), Address, Language.English)).Items.Single().Content).Text;

        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_KindAndPropertyThatNoListHas_StandAsTheyAre()
    {
        var change = Samples.Change(1, "Åsele", "merged", new PropertyChange("newColumn", "a", "b"));

        var entry = Load(AtomFeed.Write(Samples.Publication(change), Address, Language.Swedish)).Items.Single();

        Assert.Equal("merged: Åsele", entry.Title.Text);
        Assert.Contains("<th scope=\"row\">newColumn</th>", ((TextSyndicationContent)entry.Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FirstByte_IsNoByteOrderMark()
    {
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", Encoding.UTF8.GetString(AtomFeed.Write(Three, Address, Language.English)), StringComparison.Ordinal);
    }

    private static SyndicationFeed Load(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes));
        return SyndicationFeed.Load(reader);
    }
}
