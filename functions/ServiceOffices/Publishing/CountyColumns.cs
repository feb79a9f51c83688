using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>counties</c>.</summary>
public static class CountyColumns
{
    public const string Set = "counties";

    public static RowType<County> Rows { get; } = new RowType<County>(RegisterModel.Namespace, "County")
        .Means("schema:AdministrativeArea")
        .Key("code")
        .Value("code", c => c.Code, new("Code", "Kod"), new("SCB's two digits.", "SCB:s två siffror."), required: true)
        .Means("schema:identifier", "dcterms:identifier")
        .Value("nameSv", c => c.NameSv, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .Means("skos:prefLabel@sv", "schema:name@sv")
        .Value("nameEn", c => c.NameEn, new("Name in English", "Namn på engelska"), new("Name in English.", "Namn på engelska."), required: true)
        .Means("skos:prefLabel@en", "schema:name@en")
        .ToMany("municipalities", MunicipalityColumns.Set, () => MunicipalityColumns.Rows.Type, "county", new("Municipalities", "Kommuner"), new("Its municipalities.", "Dess kommuner."))
        .ToMany("offices", OfficeColumns.Set, () => OfficeColumns.Rows.Type, "county", new("Offices", "Kontor"), new("Offices in it.", "Kontor i det."));
}
