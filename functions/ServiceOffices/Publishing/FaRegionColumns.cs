using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>faregions</c>.</summary>
public static class FaRegionSchema
{
    public const string SetName = "faregions";

    public static TypeMapping<FaRegion> Definition { get; } = new TypeMapping<FaRegion>(RegisterModel.Namespace, "FaRegion")
        .WithTerms("schema:AdministrativeArea")
        .HasKey("code")
        .HasProperty("code", f => f.Code, new("Code", "Kod"), new("Two digits, unique within the classification.", "Två siffror, unika inom indelningen."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("version", f => f.Version, new("Classification", "Indelning"), new("The version of the classification.", "Indelningens version."), required: true)
        .HasProperty("nameSv", f => f.Name, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .WithTerms("skos:prefLabel@sv", "schema:name@sv")
        .HasProperty("nameEn", f => f.Name, new("Name in English", "Namn på engelska"),
            new("Name in English: the regions are named by places, which keep their names.", "Namn på engelska: regionerna är uppkallade efter orter, som behåller sina namn."), required: true)
        .WithTerms("skos:prefLabel@en", "schema:name@en")
        .HasProperty("population", f => f.Population, new("Population", "Folkmängd"), new("Inhabitants on 2019-12-31 (SCB).", "Invånare 2019-12-31 (SCB)."))
        .HasMany("municipalities", MunicipalitySchema.SetName, () => MunicipalitySchema.Definition.Type, "faRegion", new("Municipalities", "Kommuner"), new("Its municipalities.", "Dess kommuner."))
        .HasManyThrough("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "municipalities", "offices", new("Offices", "Kontor"), new("Offices in it.", "Kontor i den."));
}
