using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>counties</c>.</summary>
public static class CountySchema
{
    public const string SetName = "counties";

    public static TypeMapping<County> Definition { get; } = new TypeMapping<County>(RegisterModel.Namespace, "County")
        .WithTerms("schema:AdministrativeArea")
        .HasKey("code")
        .HasProperty("code", c => c.Code, new("Code", "Kod"), new("SCB's two digits.", "SCB:s två siffror."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("nameSv", c => c.NameSv, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .WithTerms("skos:prefLabel@sv", "schema:name@sv")
        .HasProperty("nameEn", c => c.NameEn, new("Name in English", "Namn på engelska"), new("Name in English.", "Namn på engelska."), required: true)
        .WithTerms("skos:prefLabel@en", "schema:name@en")
        .HasMany("municipalities", MunicipalitySchema.SetName, () => MunicipalitySchema.Definition.Type, "county", new("Municipalities", "Kommuner"), new("Its municipalities.", "Dess kommuner."))
        .HasMany("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "county", new("Offices", "Kontor"), new("Offices in it.", "Kontor i det."));
}
