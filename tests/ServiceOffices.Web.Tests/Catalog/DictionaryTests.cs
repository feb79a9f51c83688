using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ODataEngine.Model;
using ServiceOffices.Schema;
using ServiceOffices.Testing;
using ServiceOffices.Seed;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Catalog;

/// <summary>Compares the data dictionary in docs/ and the page of the service with the columns.</summary>
public sealed partial class DictionaryTests(TwoRevisionsFixture published)
{
    [Fact]
    public void Markdown_DataDictionary_MatchesModel() =>
        Golden.Matches("../../docs/data-dictionary.md", Encoding.UTF8.GetBytes(DataDictionaryMarkdown.Write(RegisterModel.Model, SeedData.Reference.PlanExpiryMonths)));

    [Fact]
    public void Columns_All_HaveTitleAndDescriptionInBothLanguages() => Assert.All(
        RegisterModel.Model.Sets.SelectMany(set => DataDictionaryEntry.FromEntitySet(set).Select(entry => (set.Name, entry))),
        column =>
        {
            Assert.All([column.entry.Property.Title, column.entry.Property.Description], text =>
            {
                Assert.NotEmpty(text!.En);
                Assert.NotEmpty(text.Sv);
            });
            Assert.All(column.entry.Property.AllowedValues, value => Assert.NotEmpty(value.Label.Sv));
        });

    [Theory]
    [InlineData("sv", "<strong>Kommunkod</strong> SCB:s kommunkod, fyra siffror")]
    [InlineData("en", "<strong>Municipality code</strong> Municipality code from Statistics Sweden (SCB), four digits")]
    public async Task Page_EachLanguage_HasEveryColumnAndCode(string language, string expected)
    {
        var response = await GetAsync($"/docs/data-dictionary?lang={language}");

        Assert.Equal(200, response.Status);
        Assert.Equal("text/html; charset=utf-8", response.Headers.ContentType);
        Assert.Equal(language, response.Headers.ContentLanguage);
        var page = Encoding.UTF8.GetString(response.Body);
        Assert.Contains(expected, page, StringComparison.Ordinal);
        var ids = Ids().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var set in RegisterModel.Model.Sets)
        {
            Assert.Contains(set.Name, ids);
            foreach (var (path, property) in DataDictionaryEntry.FromEntitySet(set))
            {
                Assert.Contains($"{set.Name}-{path}", ids);
                Assert.All(property.AllowedValues, value => Assert.Contains($"<dt><code>{value.Value}</code></dt>", page, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Page_UnknownLanguage_Returns400() => Assert.Equal(
        "lang must be sv or en; got 'de'.",
        JsonDocument.Parse((await GetAsync("/docs/data-dictionary?lang=de")).Body).RootElement.GetProperty("detail").GetString());

    [Fact]
    public void TypeNames_EachLanguage_AreReadable()
    {
        var services = DataDictionaryEntry.FromEntitySet(RegisterModel.Model.Find("offices")!).ToDictionary(entry => entry.Path);

        Assert.Equal("list of the parts below", services["services"].GetTypeName(Language.English));
        Assert.Equal("text", services["services/agency"].GetTypeName(Language.English));
        Assert.Equal("lista med text", services["services/levels"].GetTypeName(Language.Swedish));
        Assert.Equal("länk till municipalities", services["municipality"].GetTypeName(Language.Swedish));
    }

    private Task<HttpExchange> GetAsync(string path) => HttpExchange.SendAsync(
        new DictionaryEndpoint(published.Boundary, RegisterModel.Model, SeedData.Reference).HandleAsync, "GET", [], path);

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();
}
