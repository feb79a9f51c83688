using System.Text;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Catalog;

public sealed class SchemaOrgDatasetTests(TwoRevisionsFixture published)
{
    [Fact]
    public async Task Dataset_Get_HasRecommendedProperties()
    {
        var response = await HttpExchange.SendAsync(
            new DatasetsEndpoint(published.Boundary, published.Current, new PublicUrl(), new CatalogOptions()).HandleAsync, "GET", [], "/datasets/schema.jsonld?lang=en");

        Assert.Equal("application/ld+json", response.Headers.ContentType);
        using var document = JsonDocument.Parse(response.Body);
        var parts = document.RootElement.GetProperty("hasPart").EnumerateArray().ToArray();
        foreach (var dataset in parts.Append(document.RootElement))
        {
            Assert.Equal("Dataset", dataset.GetProperty("@type").GetString());
            Assert.NotEmpty(dataset.GetProperty("name").GetString()!);
            // Google requires 50 to 5000 characters.
            Assert.InRange(dataset.GetProperty("description").GetString()!.Length, 50, 5000);
            Assert.Equal("https://creativecommons.org/publicdomain/zero/1.0/", dataset.GetProperty("license").GetString());
            Assert.True(dataset.GetProperty("isAccessibleForFree").GetBoolean());
        }

        var publication = await published.PublicationAsync();
        Assert.Equal(publication.Tables.Model.Sets.Count, parts.Length);
        Assert.Equal(
            publication.Files.Select(file => $"http://localhost:7071/downloads/{file.Name}").Order(StringComparer.Ordinal),
            parts.SelectMany(part => part.GetProperty("distribution").EnumerateArray()).Select(file => file.GetProperty("contentUrl").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Dataset_ScriptEndTag_IsEscaped()
    {
        var options = new CatalogOptions { Title = new("</script><b>", "</script><b>") };

        var json = Encoding.UTF8.GetString(SchemaOrgDataset.Write(await published.PublicationAsync(), options, "https://example.se", Language.Swedish));

        Assert.DoesNotContain('<', json);
        Assert.Equal("</script><b>", JsonDocument.Parse(json).RootElement.GetProperty("name").GetString());
    }
}
