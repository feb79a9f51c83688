using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>agencies</c>.</summary>
public static class AgencyColumns
{
    public const string Set = "agencies";

    public static RowType<Agency> Rows { get; } = new RowType<Agency>(RegisterModel.Namespace, "Agency")
        .Means("cv:PublicOrganisation", "schema:GovernmentOrganization")
        .Key("id")
        .Value("id", a => a.Id, new("Id", "Id"), new("Stable identifier.", "Stabil identifierare."), required: true)
        .Means("schema:identifier")
        .Value("nameSv", a => a.NameSv, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .Means("skos:prefLabel@sv", "schema:name@sv")
        .Value("nameEn", a => a.NameEn, new("Name in English", "Namn på engelska"), new("Name in English.", "Namn på engelska."), required: true)
        .Means("skos:prefLabel@en", "schema:name@en")
        .Value("shortName", a => a.ShortName, new("Abbreviation", "Förkortning"), new("Abbreviation in use.", "Förkortning som används."), required: true)
        .Means("skos:altLabel", "schema:alternateName")
        .Value("organisationNumber", a => a.OrganisationNumber, new("Organisation number", "Organisationsnummer"), new("Ten digits with a hyphen.", "Tio siffror med bindestreck."), required: true)
        .Means("dcterms:identifier", "schema:taxID")
        .Value("webPage", a => a.WebPage, new("Web page", "Webbsida"), new("Its site.", "Dess webbplats."), required: true)
        .Means("<foaf:homepage>", "<schema:url>")
        .Value("phone", a => a.Phone, new("Phone", "Telefon"), new("Its switchboard.", "Dess växel."), required: true)
        .Means("schema:telephone")
        .Value("wikidataId", a => a.WikidataId, new("Wikidata id", "Wikidata-id"), new("Its item in Wikidata.", "Dess post i Wikidata."), required: true)
        .ToMany("offices", OfficeColumns.Set, () => OfficeColumns.Rows.Type, "agencies", new("Offices", "Kontor"), new("Offices that serve for it.", "Kontor som ger service för den."));
}
