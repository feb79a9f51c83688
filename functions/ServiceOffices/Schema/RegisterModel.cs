using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Schema;

/// <summary>Defines the entity sets of the register.</summary>
public static class RegisterModel
{
    public const string Namespace = "ServiceOffices";

    public static EntityModel Model { get; } = new(Namespace,
    [
        new(OfficeSchema.SetName, OfficeSchema.Definition.Type, new("Offices", "Kontor"),
            new("State service offices.", "Statliga servicekontor."),
            ["name", "locality", "vulnerableAreas", "address/street", "address/postalCode", "address/city", "municipality/name", "county/nameSv", "county/nameEn", "agencies/nameSv", "agencies/nameEn", "agencies/shortName"]) { HasTimeline = true },
        new(EventSchema.SetName, EventSchema.Definition.Type, new("Events", "Händelser"),
            new("Dated lifecycle events of the offices.", "Kontorens daterade händelser, till exempel öppning och stängning."),
            ["officeId", "kind", "note", "officeName", "municipalityName", "countyName"]) { HasTimeline = true },
        new(ClosingSchema.SetName, ClosingSchema.Definition.Type, new("Closings", "Stängningar"),
            new("Offices that have closed or whose closing is announced, with the nearest open office.", "Kontor som har stängt eller vars stängning är aviserad, med närmaste öppna kontor."),
            ["officeId", "officeName", "municipalityName", "countyName", "note"]) { HasTimeline = true },
        new(MunicipalitySchema.SetName, MunicipalitySchema.Definition.Type, new("Municipalities", "Kommuner"),
            new("Sweden's municipalities and their access to open offices.", "Sveriges kommuner och deras tillgång till öppna kontor."),
            ["code", "name", "officialName", "county/nameSv", "county/nameEn", "faRegion/nameSv"]) { HasTimeline = true },
        new(CountySchema.SetName, CountySchema.Definition.Type, new("Counties", "Län"),
            new("Sweden's counties.", "Sveriges län."), ["code", "nameSv", "nameEn"]) { HasTimeline = true },
        new(FaRegionSchema.SetName, FaRegionSchema.Definition.Type, new("FA regions", "FA-regioner"),
            new("Functional labour-market regions.", "Funktionella arbetsmarknadsregioner."), ["code", "nameSv"]) { HasTimeline = true },
        new(AgencySchema.SetName, AgencySchema.Definition.Type, new("Agencies", "Myndigheter"),
            new("Agencies whose services the offices help with.", "Myndigheter vars ärenden kontoren hjälper till med."), ["id", "nameSv", "nameEn", "shortName"]) { HasTimeline = true },
        new(ChangeSchema.SetName, ChangeSchema.Definition.Type, new("Changes", "Ändringar"),
            new("Changes made by each publication.", "Ändringar i varje publicering."), ["officeId", "officeName", "kind"]),
        new(PublicationSchema.SetName, PublicationSchema.Definition.Type, new("Publications", "Publiceringar"),
            new("All revisions of the register.", "Alla revisioner av registret."), ["reason"]),
        new(FileSchema.SetName, FileSchema.Definition.Type, new("Files", "Filer"),
            new("Files of the register that can be downloaded.", "Filer med registret som kan laddas ner."), ["name", "mediaType"]),
        new(NetworkSizeSchema.SetName, NetworkSizeSchema.Definition.Type, new("Number of offices", "Antal kontor"),
            new("Number of offices by status for each date on which the number changed in any county.", "Antal kontor per status för varje datum då antalet ändrades i något län."), []) { HasTimeline = true },
        new(CountySizeSchema.SetName, CountySizeSchema.Definition.Type, new("Number of offices by county", "Antal kontor per län"),
            new("Number of offices by county and status for each date on which the number changed in any county.", "Antal kontor per län och status för varje datum då antalet ändrades i något län."), []) { HasTimeline = true },
        new(OfficialCountSchema.SetName, OfficialCountSchema.Definition.Type, new("Official counts", "Officiella antal"),
            new("Total number of offices by date according to public sources.", "Totalt antal kontor per datum enligt offentliga källor."), ["note", "source"]) { HasTimeline = true },
        new(CoverageSchema.SetName, CoverageSchema.Definition.Type, new("Coverage", "Täckning"),
            new("Offices in the register compared with the official number, for the whole country and by county.", "Kontor i registret jämfört med det officiella antalet, för hela riket och per län."), ["countyCode", "nameSv", "nameEn"]) { HasTimeline = true },
    ])
    {
        HasComposedStrings = true,
    };
}

/// <summary>Converts code lists to the allowed values of a property.</summary>
internal static class AllowedValues
{
    public static IReadOnlyList<AllowedValue> ToAllowedValues(this CodeList list) =>
        [.. list.Codes.Select(code => new AllowedValue(code.Value, new LocalizedString(code.En, code.Sv)))];
}
