using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>faregions</c>.</summary>
public static class FaRegionColumns
{
    public const string Set = "faregions";

    public static RowType<FaRegion> Rows { get; } = new RowType<FaRegion>(RegisterModel.Namespace, "FaRegion")
        .Means("schema:AdministrativeArea")
        .Key("code")
        .Value("code", f => f.Code, new("Code", "Kod"), new("Two digits, unique within the classification.", "Två siffror, unika inom indelningen."), required: true)
        .Means("schema:identifier", "dcterms:identifier")
        .Value("version", f => f.Version, new("Classification", "Indelning"), new("The version of the classification.", "Indelningens version."), required: true)
        .Value("nameSv", f => f.Name, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .Means("skos:prefLabel@sv", "schema:name@sv")
        .Value("nameEn", f => f.Name, new("Name in English", "Namn på engelska"),
            new("Name in English: the regions are named by places, which keep their names.", "Namn på engelska: regionerna är uppkallade efter orter, som behåller sina namn."), required: true)
        .Means("skos:prefLabel@en", "schema:name@en")
        .Value("population", f => f.Population, new("Population", "Folkmängd"), new("Inhabitants on 2019-12-31 (SCB).", "Invånare 2019-12-31 (SCB)."))
        .ToMany("municipalities", MunicipalityColumns.Set, () => MunicipalityColumns.Rows.Type, "faRegion", new("Municipalities", "Kommuner"), new("Its municipalities.", "Dess kommuner."))
        .ToManyOver("offices", OfficeColumns.Set, () => OfficeColumns.Rows.Type, "municipalities", "offices", new("Offices", "Kontor"), new("Offices in it.", "Kontor i den."));
}
