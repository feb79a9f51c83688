using System.Xml.Linq;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Web.Portal;
using ServiceOffices.Web.Tests.Feeds;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>Notes are in English. Swedish pages mark their language, and Swedish sentences do not contain them.</summary>
public sealed class NoteLanguageTests
{
    private static readonly Publication Publication = PortalPages.CreatePublication(SeedData.Entries);

    private static readonly HashSet<string> Notes =
    [
        .. SeedData.Entries.SelectMany(entry => entry.Events.Select(lifecycleEvent => lifecycleEvent.Note).Append(entry.Office.Note))
            .Concat(SeedData.Reference.NetworkCounts.Select(count => count.Note)).OfType<string>(),
    ];

    [Fact]
    public void Notes_OnEverySwedishPage_AreMarkedAsEnglish()
    {
        var pages = PageUrl.GetAll(Language.Swedish).Concat(SeedData.Entries.Select(entry => new PageUrl(PageKind.Office, Language.Swedish, entry.Office.Id)));
        var shown = 0;

        foreach (var url in pages)
        {
            foreach (var text in PortalPages.Read(url.ToString(), Publication).DescendantNodes().OfType<XText>().Where(text => Notes.Contains(text.Value.Trim())))
            {
                shown++;
                var language = text.Ancestors().Select(element => element.Attribute("lang")?.Value).First(tag => tag is not null);
                Assert.True(language == "en", $"{url}: '{text.Value}' is marked as {language}");
            }
        }

        Assert.InRange(shown, 50, int.MaxValue);
    }

    [Fact]
    public void ChangedNote_SwedishSentence_DoesNotQuoteIt()
    {
        var change = SamplePublications.Change(1, "Åsele", "changed", new PropertyChange("note", "Old English text", "New English text"));
        var publication = SamplePublications.Publication(change);

        Assert.Equal(["Anmärkning har ändrats."], new ChangeFormatter(publication, Language.Swedish).FormatSentences(change));
        Assert.Equal(["Note changed from Old English text to New English text."], new ChangeFormatter(publication, Language.English).FormatSentences(change));
    }
}
