using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>agencies</c>.</summary>
public static class AgencySchema
{
    public const string SetName = "agencies";

    public static TypeMapping<Agency> Definition { get; } = new TypeMapping<Agency>(RegisterModel.Namespace, "Agency")
        .WithTerms("cv:PublicOrganisation", "schema:GovernmentOrganization")
        .HasKey("id")
        .HasProperty("id", a => a.Id, new("Id", "Id"), new("Stable identifier.", "Stabil identifierare."), required: true)
        .WithTerms("schema:identifier")
        .HasProperty("nameSv", a => a.NameSv, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:prefLabel@sv", "schema:name@sv")
        .HasProperty("nameEn", a => a.NameEn, new("Name in English", "Namn på engelska"), new("Name in English.", "Namn på engelska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:prefLabel@en", "schema:name@en")
        .HasProperty("shortName", a => a.ShortName, new("Abbreviation", "Förkortning"), new("Abbreviation.", "Förkortning."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:altLabel", "schema:alternateName")
        .HasProperty("organisationNumber", a => a.OrganisationNumber, new("Organisation number", "Organisationsnummer"), new("Ten digits with a hyphen.", "Tio siffror med bindestreck."), required: true)
        .WithTerms("dcterms:identifier", "schema:taxID")
        .HasProperty("webPage", a => a.WebPage, new("Web page", "Webbsida"), new("Website of the agency.", "Myndighetens webbplats."), required: true)
        .WithTerms("<foaf:homepage>", "<schema:url>")
        .HasProperty("phone", a => a.Phone, new("Phone", "Telefon"), new("Switchboard of the agency.", "Myndighetens växel."), required: true)
        .WithTerms("schema:telephone")
        .HasProperty("wikidataId", a => a.WikidataId, new("Wikidata id", "Wikidata-id"), new("Identifier of the agency's item in Wikidata.", "Id för myndighetens objekt i Wikidata."), required: true)
        .HasMany("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "agencies", new("Offices", "Kontor"), new("Offices that help with the agency's services.", "Kontor som hjälper till med myndighetens ärenden."));
}
