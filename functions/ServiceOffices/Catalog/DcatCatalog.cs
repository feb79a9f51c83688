using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Catalog;

/// <summary>
/// A publication described for harvesters (DCAT-AP 3, DCAT-AP-SE 3): a dataset an entity set, a distribution a file, and
/// the services that answer queries. Every resource has an absolute IRI below the catalog's own.
/// </summary>
/// <param name="address">Where clients reach this service, without a closing slash.</param>
internal sealed class DcatCatalog(Publication publication, CatalogOptions options, string address, DcatProfile profile)
{
    /// <summary>Where the catalog is served.</summary>
    public const string Path = "/datasets/dcat";

    /// <summary>CC0 1.0 by the IRI that catalogs list.</summary>
    public const string Licence = "http://creativecommons.org/publicdomain/zero/1.0/";

    private const string Authority = "http://publications.europa.eu/resource/authority/";
    private const string Public = Authority + "access-right/PUBLIC";
    private const string Rest = "http://www.wikidata.org/entity/Q749568";
    private const string ODataStandard = "https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html";
    private const string Json = "application/json";

    private readonly string publisher = options.PublisherUri ?? $"{address}{Path}#publisher";
    private readonly string contact = $"{address}{Path}#contact";
    private readonly string odata = $"{address}{Path}#service-odata";

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

    private void AddCatalog(RdfGraph graph) => graph.Add($"{address}{Path}#catalog", "dcat:Catalog")
        .With("dcterms:title", options.Title)
        .With("dcterms:description", options.Description)
        .Link("dcterms:publisher", publisher)
        .Link("dcterms:license", Licence)
        .With("dcterms:issued", RdfTerm.Date(LocalDate.InStockholm(Issued)))
        .With("dcterms:modified", RdfTerm.Instant(publication.At))
        .Link("dcterms:language", Authority + "language/SWE", Authority + "language/ENG")
        .Link("dcterms:spatial", options.Spatial)
        .Link("foaf:homepage", address + "/")
        .Link("dcat:themeTaxonomy", Authority + "data-theme")
        .Link("dcat:dataset", publication.Tables.Model.Sets.Select(Dataset))
        .Link("dcat:service", odata);

    private void AddPublisher(RdfGraph graph)
    {
        graph.Add(publisher, "foaf:Agent")
            .With("foaf:name", options.PublisherName)
            .Link("dcterms:type", "http://purl.org/adms/publishertype/" + options.PublisherType)
            .Link("foaf:homepage", PublisherPage);
        var node = graph.Add(contact, "vcard:Organization");
        _ = options.ContactName is { } name
            ? node.With("vcard:fn", RdfTerm.Plain(name))
            : node.With("vcard:fn", options.PublisherName);
        node
            .Link("vcard:hasEmail", options.ContactEmail is { } email ? "mailto:" + email : null)
            .Link("vcard:hasURL", options.ContactPage ?? PublisherPage);
    }

    private void AddDataset(RdfGraph graph, EntitySet set)
    {
        var files = publication.Files.Where(file => file.Dataset == set.Name).ToArray();
        graph.Add(Dataset(set), "dcat:Dataset")
            .With("dcterms:title", TitleOf(set, options))
            .With("dcterms:description", DescriptionOf(set, options))
            .With("dcterms:identifier", RdfTerm.Plain(Dataset(set)))
            .Link("dcterms:publisher", publisher)
            .Link("dcat:contactPoint", contact)
            .With("dcat:keyword", KeywordsOf(set, options))
            .Link("dcat:theme", Themes)
            .With("dcterms:issued", RdfTerm.Date(LocalDate.InStockholm(Issued)))
            .With("dcterms:modified", RdfTerm.Instant(publication.At))
            .Link("dcterms:language", Authority + "language/SWE", Authority + "language/ENG")
            .Link("dcterms:accessRights", Public)
            .Link("dcterms:spatial", options.Spatial)
            .Link("dcterms:temporal", Period(set))
            .Link("dcterms:accrualPeriodicity", Authority + "frequency/" + options.Frequency)
            .With("dcat:version", RdfTerm.Plain(RdfTerm.Count(publication.Revision).Value))
            .Link("dcat:landingPage", address + "/")
            .Link("foaf:page", $"{address}/docs/data-dictionary#{set.Name}")
            .Link("dcat:distribution", [.. files.Select(Distribution), ODataDistribution(set)]);
        graph.Add(Period(set), "dcterms:PeriodOfTime")
            .With("dcat:startDate", RdfTerm.Date(Start(publication, set)))
            .With("dcat:endDate", RdfTerm.Date(LocalDate.InStockholm(publication.At)));
        foreach (var file in files)
        {
            AddDistribution(graph, set, file);
        }

        AddODataDistribution(graph, set);
    }

    /// <summary>A dataset's title as it stands alone in somebody else's list.</summary>
    public static Text TitleOf(EntitySet set, CatalogOptions options) =>
        new($"{options.Title.En}: {set.Title.En}", $"{options.Title.Sv}: {set.Title.Sv}");

    public static Text DescriptionOf(EntitySet set, CatalogOptions options) =>
        new($"{set.Description.En} {options.Description.En}", $"{set.Description.Sv} {options.Description.Sv}");

    public static IEnumerable<RdfTerm> KeywordsOf(EntitySet set, CatalogOptions options) =>
        Language.All.SelectMany(language => CatalogOptions.Parts(language.Of(options.Keywords))
            .Append(language.Of(set.Title).ToLowerInvariant())
            .Distinct(StringComparer.Ordinal)
            .Select(word => new RdfTerm(word, IsIri: false, language.Tag)));

    /// <summary>The first day that a dataset tells of: the first event's where it can be asked for as of a date, else the first publication's.</summary>
    public static DateOnly Start(Publication publication, EntitySet set)
    {
        var published = LocalDate.InStockholm(publication.Register.Publications[0].At);
        return set.HasTimeline ? publication.Register.Events.Select(e => e.On).Append(published).Min() : published;
    }

    // The latest files: a harvester comes once a day, and what its readers follow should be today's. Their bytes and hashes
    // change with each publication, so they stand in datapackage.json, which names each revision's own files.
    private void AddDistribution(RdfGraph graph, EntitySet set, PublishedFile file)
    {
        var url = $"{address}/downloads/{file.Name}";
        var format = file.Name[(file.Name.IndexOf('.', StringComparison.Ordinal) + 1)..].ToUpperInvariant();
        graph.Add(Distribution(file), "dcat:Distribution")
            .With("dcterms:title", new Text($"{set.Title.En} ({format})", $"{set.Title.Sv} ({format})"))
            .With("dcterms:description", new Text($"{set.Description.En} The latest revision as a file.", $"{set.Description.Sv} Den senaste revisionen som fil."))
            .Link("dcat:accessURL", url)
            .Link("dcat:downloadURL", url)
            .With("dcterms:format", Format(file.MediaType))
            .Link("dcat:mediaType", FileType.MediaType(file.MediaType))
            .With("dcat:byteSize", RdfTerm.Count(file.Bytes))
            .With("dcterms:issued", RdfTerm.Date(LocalDate.InStockholm(Issued)))
            .With("dcterms:modified", RdfTerm.Instant(publication.At))
            .Link("dcterms:license", Licence)
            .Link("dcatap:availability", Availability);
    }

    private void AddODataDistribution(RdfGraph graph, EntitySet set) => graph.Add(ODataDistribution(set), "dcat:Distribution")
        .With("dcterms:title", new Text($"{set.Title.En} (OData)", $"{set.Title.Sv} (OData)"))
        .With("dcterms:description", new Text(
            "Ask for exactly the rows and columns needed, in any of the formats.", "Fråga efter just de rader och kolumner som behövs, i något av formaten."))
        .Link("dcat:accessURL", $"{address}/odata/v1/{set.Name}")
        .With("dcterms:format", Format(Json))
        .Link("dcat:mediaType", FileType.MediaType(Json))
        .Link("dcat:accessService", odata)
        .Link("dcterms:license", Licence)
        .Link("dcatap:availability", Availability);

    private void AddODataService(RdfGraph graph) => graph.Add(odata, "dcat:DataService")
        .With("dcterms:title", new Text($"{options.Title.En}: OData", $"{options.Title.Sv}: OData"))
        .With("dcterms:description", new Text(
            "Every dataset as OData 4.01: filter, sort, join, aggregate, and follow changes by delta links.",
            "Varje datamängd som OData 4.01: filtrera, sortera, koppla ihop, räkna samman och följ ändringar med deltalänkar."))
        .Link("dcat:endpointURL", address + "/odata/v1/")
        .Link("dcat:endpointDescription", address + "/odata/v1/$metadata", address + "/openapi.json")
        .Link("dcterms:conformsTo", ODataStandard)
        .Link("dcterms:type", Rest)
        .With("dcterms:format", Format(Json))
        .Link("dcterms:publisher", publisher)
        .Link("dcat:contactPoint", contact)
        .With("dcat:keyword", Language.All.SelectMany(language => CatalogOptions.Parts(language.Of(options.Keywords))
            .Select(word => new RdfTerm(word, IsIri: false, language.Tag))))
        .Link("dcat:theme", Themes)
        .Link("dcterms:license", Licence)
        .Link("dcterms:accessRights", Public)
        .Link("dcat:landingPage", address + "/")
        .Link("foaf:page", address + "/docs/data-dictionary")
        .Link("dcat:servesDataset", publication.Tables.Model.Sets.Select(Dataset));

    private IEnumerable<string> Themes => CatalogOptions.Parts(options.Themes).Select(code => $"{Authority}data-theme/{code}");

    private string Availability => $"{Authority}planned-availability/{options.Availability}";

    private string PublisherPage => options.PublisherPage ?? address + "/";

    private RdfTerm Format(string mediaType) => profile == DcatProfile.DcatApSe
        ? RdfTerm.Plain(FileType.Bare(mediaType))
        : RdfTerm.Iri(FileType.Concept(mediaType));

    private string Dataset(EntitySet set) => $"{address}{Path}#dataset-{set.Name}";

    private string Period(EntitySet set) => $"{address}{Path}#period-{set.Name}";

    private string Distribution(PublishedFile file) => $"{address}{Path}#distribution-{file.Name}";

    private string ODataDistribution(EntitySet set) => $"{address}{Path}#distribution-{set.Name}-odata";
}
