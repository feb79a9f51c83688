using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Catalog;

/// <summary>
/// Describes a publication for harvesters (DCAT-AP 3, DCAT-AP-SE 3): one dataset per entity set, one distribution per file, and the
/// OData service. Every resource has an absolute IRI below that of the catalog.
/// </summary>
/// <param name="baseUrl">The URL of this service as clients use it, without a trailing slash.</param>
internal sealed class DcatCatalog(Publication publication, CatalogOptions options, string baseUrl, DcatProfile profile)
{
    /// <summary>The path of the catalog.</summary>
    public const string Path = "/datasets/dcat";

    /// <summary>The IRI of CC0 1.0 in the form that catalogs use.</summary>
    public const string Licence = "http://creativecommons.org/publicdomain/zero/1.0/";

    private const string Authority = "http://publications.europa.eu/resource/authority/";
    private const string PublicAccessRight = Authority + "access-right/PUBLIC";
    private const string RestArchitecture = "http://www.wikidata.org/entity/Q749568";
    private const string ODataStandard = "https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html";
    private const string JsonMediaType = "application/json";

    private readonly string publisherIri = options.PublisherUri ?? $"{baseUrl}{Path}#publisher";
    private readonly string contactIri = $"{baseUrl}{Path}#contact";
    private readonly string odataServiceIri = $"{baseUrl}{Path}#service-odata";

    private DateTimeOffset Issued => publication.Register.Publications[0].At;

    public RdfGraph ToGraph()
    {
        var graph = new RdfGraph();
        AddCatalog(graph);
        AddPublisher(graph);
        foreach (var set in publication.Tables.Model.Sets)
        {
            AddDataset(graph, set);
        }

        AddODataService(graph);
        return graph;
    }

    private void AddCatalog(RdfGraph graph) => graph.AddNode($"{baseUrl}{Path}#catalog", "dcat:Catalog")
        .With("dcterms:title", options.Title)
        .With("dcterms:description", options.Description)
        .WithLink("dcterms:publisher", publisherIri)
        .WithLink("dcterms:license", Licence)
        .With("dcterms:issued", RdfTerm.DateLiteral(LocalDate.InStockholm(Issued)))
        .With("dcterms:modified", RdfTerm.DateTimeLiteral(publication.At))
        .WithLink("dcterms:language", Authority + "language/SWE", Authority + "language/ENG")
        .WithLink("dcterms:spatial", options.Spatial)
        .WithLink("foaf:homepage", baseUrl + "/")
        .WithLink("dcat:themeTaxonomy", Authority + "data-theme")
        .WithLink("dcat:dataset", publication.Tables.Model.Sets.Select(GetDatasetIri))
        .WithLink("dcat:service", odataServiceIri);

    private void AddPublisher(RdfGraph graph)
    {
        graph.AddNode(publisherIri, "foaf:Agent")
            .With("foaf:name", options.PublisherName)
            .WithLink("dcterms:type", "http://purl.org/adms/publishertype/" + options.PublisherType)
            .WithLink("foaf:homepage", PublisherPage);
        var node = graph.AddNode(contactIri, "vcard:Organization");
        _ = options.ContactName is { } name
            ? node.With("vcard:fn", RdfTerm.PlainLiteral(name))
            : node.With("vcard:fn", options.PublisherName);
        node
            .WithLink("vcard:hasEmail", options.ContactEmail is { } email ? "mailto:" + email : null)
            .WithLink("vcard:hasURL", options.ContactPage ?? PublisherPage);
    }

    private void AddDataset(RdfGraph graph, EntitySet set)
    {
        var files = publication.Files.Where(file => file.Dataset == set.Name).ToArray();
        graph.AddNode(GetDatasetIri(set), "dcat:Dataset")
            .With("dcterms:title", GetTitle(set, options))
            .With("dcterms:description", GetDescription(set, options))
            .With("dcterms:identifier", RdfTerm.PlainLiteral(GetDatasetIri(set)))
            .WithLink("dcterms:publisher", publisherIri)
            .WithLink("dcat:contactPoint", contactIri)
            .With("dcat:keyword", GetKeywords(set, options))
            .WithLink("dcat:theme", ThemeIris)
            .With("dcterms:issued", RdfTerm.DateLiteral(LocalDate.InStockholm(Issued)))
            .With("dcterms:modified", RdfTerm.DateTimeLiteral(publication.At))
            .WithLink("dcterms:language", Authority + "language/SWE", Authority + "language/ENG")
            .WithLink("dcterms:accessRights", PublicAccessRight)
            .WithLink("dcterms:spatial", options.Spatial)
            .WithLink("dcterms:temporal", GetPeriodIri(set))
            .WithLink("dcterms:accrualPeriodicity", Authority + "frequency/" + options.Frequency)
            .With("dcat:version", RdfTerm.PlainLiteral(RdfTerm.IntegerLiteral(publication.Revision).Value))
            .WithLink("dcat:landingPage", baseUrl + "/")
            .WithLink("foaf:page", $"{baseUrl}/docs/data-dictionary#{set.Name}")
            .WithLink("dcat:distribution", [.. files.Select(GetDistributionIri), GetODataDistributionIri(set)]);
        graph.AddNode(GetPeriodIri(set), "dcterms:PeriodOfTime")
            .With("dcat:startDate", RdfTerm.DateLiteral(GetStartDate(publication, set)))
            .With("dcat:endDate", RdfTerm.DateLiteral(LocalDate.InStockholm(publication.At)));
        foreach (var file in files)
        {
            AddDistribution(graph, set, file);
        }

        AddODataDistribution(graph, set);
    }

    /// <summary>Gets the title of a dataset, which includes that of the catalog because other portals list datasets separately.</summary>
    public static LocalizedString GetTitle(EntitySet set, CatalogOptions options) =>
        new($"{options.Title.En}: {set.Title.En}", $"{options.Title.Sv}: {set.Title.Sv}");

    public static LocalizedString GetDescription(EntitySet set, CatalogOptions options) =>
        new($"{set.Description.En} {options.Description.En}", $"{set.Description.Sv} {options.Description.Sv}");

    public static IEnumerable<RdfTerm> GetKeywords(EntitySet set, CatalogOptions options) =>
        Language.All.SelectMany(language => CatalogOptions.SplitList(language.Localize(options.Keywords))
            .Append(language.Localize(set.Title).ToLowerInvariant())
            .Distinct(StringComparer.Ordinal)
            .Select(keyword => new RdfTerm(keyword, IsIri: false, language.Tag)));

    /// <summary>Gets the first day that a dataset covers: that of the first event if the dataset has a timeline, else that of the first publication.</summary>
    public static DateOnly GetStartDate(Publication publication, EntitySet set)
    {
        var published = LocalDate.InStockholm(publication.Register.Publications[0].At);
        return set.HasTimeline ? publication.Register.Events.Select(e => e.On).Append(published).Min() : published;
    }

    // Links to the latest files, because harvesters run about once a day and their users expect current data. Hashes change with
    // each publication; datapackage.json has them, with the URLs of the revision's own files.
    private void AddDistribution(RdfGraph graph, EntitySet set, PublishedFile file)
    {
        var url = $"{baseUrl}/downloads/{file.Name}";
        var format = file.Name[(file.Name.IndexOf('.', StringComparison.Ordinal) + 1)..].ToUpperInvariant();
        graph.AddNode(GetDistributionIri(file), "dcat:Distribution")
            .With("dcterms:title", new LocalizedString($"{set.Title.En} ({format})", $"{set.Title.Sv} ({format})"))
            .With("dcterms:description", new LocalizedString($"{set.Description.En} The latest revision as a file.", $"{set.Description.Sv} Den senaste revisionen som fil."))
            .WithLink("dcat:accessURL", url)
            .WithLink("dcat:downloadURL", url)
            .With("dcterms:format", GetFormat(file.MediaType))
            .WithLink("dcat:mediaType", MediaTypeIris.GetMediaTypeIri(file.MediaType))
            .With("dcat:byteSize", RdfTerm.IntegerLiteral(file.Bytes))
            .With("dcterms:issued", RdfTerm.DateLiteral(LocalDate.InStockholm(Issued)))
            .With("dcterms:modified", RdfTerm.DateTimeLiteral(publication.At))
            .WithLink("dcterms:license", Licence)
            .WithLink("dcatap:availability", AvailabilityIri);
    }

    private void AddODataDistribution(RdfGraph graph, EntitySet set) => graph.AddNode(GetODataDistributionIri(set), "dcat:Distribution")
        .With("dcterms:title", new LocalizedString($"{set.Title.En} (OData)", $"{set.Title.Sv} (OData)"))
        .With("dcterms:description", new LocalizedString(
            "Query exactly the rows and columns you need, in any of the formats.", "Hämta bara de rader och kolumner som behövs, i valfritt format."))
        .WithLink("dcat:accessURL", $"{baseUrl}/odata/v1/{set.Name}")
        .With("dcterms:format", GetFormat(JsonMediaType))
        .WithLink("dcat:mediaType", MediaTypeIris.GetMediaTypeIri(JsonMediaType))
        .WithLink("dcat:accessService", odataServiceIri)
        .WithLink("dcterms:license", Licence)
        .WithLink("dcatap:availability", AvailabilityIri);

    private void AddODataService(RdfGraph graph) => graph.AddNode(odataServiceIri, "dcat:DataService")
        .With("dcterms:title", new LocalizedString($"{options.Title.En}: OData", $"{options.Title.Sv}: OData"))
        .With("dcterms:description", new LocalizedString(
            "All datasets as OData 4.01: filter, sort, join, aggregate, and track changes with delta links.",
            "Alla datamängder som OData 4.01: filtrera, sortera, koppla ihop, aggregera och följ ändringar med deltalänkar."))
        .WithLink("dcat:endpointURL", baseUrl + "/odata/v1/")
        .WithLink("dcat:endpointDescription", baseUrl + "/odata/v1/$metadata", baseUrl + "/openapi.json")
        .WithLink("dcterms:conformsTo", ODataStandard)
        .WithLink("dcterms:type", RestArchitecture)
        .With("dcterms:format", GetFormat(JsonMediaType))
        .WithLink("dcterms:publisher", publisherIri)
        .WithLink("dcat:contactPoint", contactIri)
        .With("dcat:keyword", Language.All.SelectMany(language => CatalogOptions.SplitList(language.Localize(options.Keywords))
            .Select(keyword => new RdfTerm(keyword, IsIri: false, language.Tag))))
        .WithLink("dcat:theme", ThemeIris)
        .WithLink("dcterms:license", Licence)
        .WithLink("dcterms:accessRights", PublicAccessRight)
        .WithLink("dcat:landingPage", baseUrl + "/")
        .WithLink("foaf:page", baseUrl + "/docs/data-dictionary")
        .WithLink("dcat:servesDataset", publication.Tables.Model.Sets.Select(GetDatasetIri));

    private IEnumerable<string> ThemeIris => CatalogOptions.SplitList(options.Themes).Select(code => $"{Authority}data-theme/{code}");

    private string AvailabilityIri => $"{Authority}planned-availability/{options.Availability}";

    private string PublisherPage => options.PublisherPage ?? baseUrl + "/";

    private RdfTerm GetFormat(string mediaType) => profile == DcatProfile.DcatApSe
        ? RdfTerm.PlainLiteral(MediaTypeIris.RemoveParameters(mediaType))
        : RdfTerm.Iri(MediaTypeIris.GetFileTypeIri(mediaType));

    private string GetDatasetIri(EntitySet set) => $"{baseUrl}{Path}#dataset-{set.Name}";

    private string GetPeriodIri(EntitySet set) => $"{baseUrl}{Path}#period-{set.Name}";

    private string GetDistributionIri(PublishedFile file) => $"{baseUrl}{Path}#distribution-{file.Name}";

    private string GetODataDistributionIri(EntitySet set) => $"{baseUrl}{Path}#distribution-{set.Name}-odata";
}
