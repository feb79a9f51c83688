using System.Text;
using System.Text.Json;
using NJsonSchema;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Testing;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Feeds;

public sealed class JsonFeedTests(TwoRevisionsFixture published)
{
    private const string Address = "https://example.se";

    private static readonly Publication Three = SamplePublications.Publication(
        SamplePublications.Change(1, "Åsele", "added", new PropertyChange("name", null, "Åsele"), new PropertyChange("status", null, "planned")),
        SamplePublications.Change(2, "Storuman & \"Co\" <b>\u0001🏢", "opened", new PropertyChange("status", "planned", "open"), new PropertyChange("phone", "0771-1", null)),
        SamplePublications.Change(3, "Torsby", "removed"));

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Write_Changes_MatchesGoldenAndSchema(string language)
    {
        var bytes = Write(Three, Language.Find(language)!);

        await ValidateAsync(bytes);
        Golden.Matches($"changes.{language}.json", bytes);
    }

    [Fact]
    public async Task Write_SeedRegister_MatchesSchema()
    {
        var publication = await published.PublicationAsync();

        await ValidateAsync(Write(publication, Language.Swedish));
        await ValidateAsync(Write(publication, Language.English, page: 1));
        await ValidateAsync(Write(SamplePublications.Publication(), Language.Swedish));
    }

    [Fact]
    public async Task Schema_InvalidFeeds_AreRejected()
    {
        // Shows that the validation above checks items and supports version 1.1.
        var valid = Encoding.UTF8.GetString(Write(Three, Language.Swedish));
        var schema = await SchemaAsync();

        Assert.NotEmpty(schema.Validate(valid.Replace("\"content_html\"", "\"content\"", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(valid.Replace("\"_register\"", "\"register\"", StringComparison.Ordinal)));
        Assert.NotEmpty(schema.Validate(valid.Replace("\"authors\"", "\"writers\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_Item_HasChangeExtension()
    {
        var item = Parse(Write(Three, Language.English)).GetProperty("items")[1];

        var change = item.GetProperty("_register");
        Assert.Equal(2, change.GetProperty("sequence").GetInt64());
        Assert.Equal("office-2", change.GetProperty("officeId").GetString());
        Assert.Equal("Storuman & \"Co\" <b>\u0001🏢", change.GetProperty("officeName").GetString());
        Assert.Equal("opened", change.GetProperty("kind").GetString());
        Assert.Equal(3, change.GetProperty("publication").GetInt64());
        Assert.Equal(SamplePublications.FirstPublishedAt.AddHours(2), change.GetProperty("at").GetDateTimeOffset());
        var properties = change.GetProperty("properties");
        Assert.Equal(("status", "planned", "open"), PropertyOf(properties[0]));
        Assert.Equal(("phone", "0771-1", null), PropertyOf(properties[1]));
        Assert.Equal("Storuman & \"Co\" <b>\u0001🏢 has opened", item.GetProperty("title").GetString());
        Assert.Equal("https://example.se/en/offices/office-2", item.GetProperty("url").GetString());
        Assert.Equal("https://example.se/odata/v1/offices('office-2')", item.GetProperty("external_url").GetString());
    }

    [Fact]
    public void Write_RemovedOffice_LinksToChangeOnly()
    {
        var item = Parse(Write(Three, Language.English)).GetProperty("items")[0];

        Assert.Equal("https://example.se/odata/v1/changes(3)", item.GetProperty("url").GetString());
        Assert.False(item.TryGetProperty("external_url", out _));
        Assert.Equal("removed", item.GetProperty("tags")[0].GetString());
    }

    [Fact]
    public void Write_Ids_EqualAtomIds()
    {
        var items = Parse(Write(Three, Language.English)).GetProperty("items").EnumerateArray();

        Assert.Equal([3, 2, 1], items.Select(item => item.GetProperty("_register").GetProperty("sequence").GetInt32()));
        Assert.All(items, item => Assert.Equal(
            FeedId.ForChange(Three, Three.Register.Changes[item.GetProperty("_register").GetProperty("sequence").GetInt32() - 1]),
            item.GetProperty("id").GetString()));
    }

    [Fact]
    public void Write_NextUrl_VisitsEveryChangeOnce()
    {
        var publication = SamplePublications.PublicationWithChanges(170);
        var documents = new List<JsonElement> { Parse(Write(publication, Language.Swedish)) };
        while (documents[^1].TryGetProperty("next_url", out var next))
        {
            Assert.Matches("^https://example[.]se/feeds/changes/[12][.]json[?]lang=sv$", next.GetString());
            documents.Add(Parse(Write(publication, Language.Swedish, page: next.GetString()![33] - '0')));
            Assert.Equal(next.GetString(), documents[^1].GetProperty("feed_url").GetString());
        }

        Assert.Equal(
            Enumerable.Range(1, 170).Reverse(),
            documents.SelectMany(document => document.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("_register").GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task Write_Filter_IsInTitleAndLinks()
    {
        var publication = await published.PublicationAsync();
        var filter = new FeedFilter("14", "skatteverket");

        var page = FeedPage.GetCurrent(new ChangeHistory().GetChanges(publication, filter));
        var feed = Parse(JsonFeed.Write(new ChangesFeed(publication, filter, page, Address, Language.Swedish)));

        Assert.Equal("Statliga servicekontor: ändringar, Västra Götalands län, Skatteverket", feed.GetProperty("title").GetString());
        Assert.Equal("https://example.se/feeds/changes.json?lang=sv&county=14&agency=skatteverket", feed.GetProperty("feed_url").GetString());
    }

    private static (string?, string?, string?) PropertyOf(JsonElement property) =>
        (property.GetProperty("property").GetString(), property.GetProperty("oldValue").GetString(), property.GetProperty("newValue").GetString());

    private static byte[] Write(Publication publication, Language language, int? page = null)
    {
        var history = publication.Register.Changes;
        var found = page is { } number ? FeedPage.GetArchived(history, number)! : FeedPage.GetCurrent(history);
        return JsonFeed.Write(new ChangesFeed(publication, FeedFilter.None, found, Address, language));
    }

    private static JsonElement Parse(byte[] document) => JsonDocument.Parse(document).RootElement;

    private static Task<JsonSchema> SchemaAsync() => JsonSchema.FromFileAsync(
        Repository.PathTo("tests", "Schemas", "feed.json"), TestContext.Current.CancellationToken);

    private static async Task ValidateAsync(byte[] document)
    {
        var schema = await SchemaAsync();
        Assert.Empty(schema.Validate(Encoding.UTF8.GetString(document)).Select(problem => problem.ToString()));
    }
}
