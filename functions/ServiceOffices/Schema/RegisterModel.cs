using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

/// <summary>The register as entity sets, and how a published register becomes tables.</summary>
public static class RegisterModel
{
    public const string Namespace = "ServiceOffices";

    public static EntityModel Model { get; } = new(Namespace,
    [
        new(OfficeSchema.SetName, OfficeSchema.Definition.Type, new("Offices", "Kontor"),
            new("State service offices.", "Statliga servicekontor."),
            ["id", "name", "locality", "vulnerableAreas", "municipality/name", "county/nameSv", "county/nameEn", "agencies/nameSv", "agencies/nameEn", "agencies/shortName"]) { HasTimeline = true },
        new(EventSchema.SetName, EventSchema.Definition.Type, new("Events", "Händelser"),
            new("The offices' dated lifecycle events.", "Kontorens daterade livscykelhändelser."),
            ["officeId", "kind", "note", "office/name"]) { HasTimeline = true },
        new(MunicipalitySchema.SetName, MunicipalitySchema.Definition.Type, new("Municipalities", "Kommuner"),
            new("Sweden's municipalities with their access to open offices.", "Sveriges kommuner med deras tillgång till öppna kontor."),
            ["code", "name", "officialName", "county/nameSv", "county/nameEn", "faRegion/nameSv"]) { HasTimeline = true },
        new(CountySchema.SetName, CountySchema.Definition.Type, new("Counties", "Län"),
            new("Sweden's counties.", "Sveriges län."), ["code", "nameSv", "nameEn"]) { HasTimeline = true },
        new(FaRegionSchema.SetName, FaRegionSchema.Definition.Type, new("FA regions", "FA-regioner"),
            new("Functional labour-market regions.", "Funktionella arbetsmarknadsregioner."), ["code", "nameSv"]) { HasTimeline = true },
        new(AgencySchema.SetName, AgencySchema.Definition.Type, new("Agencies", "Myndigheter"),
            new("Agencies that the offices serve for.", "Myndigheter som kontoren ger service för."), ["id", "nameSv", "nameEn", "shortName"]) { HasTimeline = true },
        new(ChangeSchema.SetName, ChangeSchema.Definition.Type, new("Changes", "Ändringar"),
            new("What each publication changed.", "Vad varje publicering ändrade."), ["officeId", "officeName", "kind"]),
        new(PublicationSchema.SetName, PublicationSchema.Definition.Type, new("Publications", "Publiceringar"),
            new("Every revision of the register.", "Registrets alla revisioner."), ["reason"]),
        new(FileSchema.SetName, FileSchema.Definition.Type, new("Files", "Filer"),
            new("What can be downloaded of the register.", "Vad som kan laddas ned av registret."), ["name", "mediaType"]),
        new(NetworkSizeSchema.SetName, NetworkSizeSchema.Definition.Type, new("Network size", "Nätets storlek"),
            new("Offices by status on each date on which some number moved.", "Kontor per status för varje datum då något antal ändrades."), []) { HasTimeline = true },
        new(CountySizeSchema.SetName, CountySizeSchema.Definition.Type, new("Network size by county", "Nätets storlek per län"),
            new("Every county's offices by status on each date on which some county's number moved.", "Varje läns kontor per status för varje datum då något läns antal ändrades."), []) { HasTimeline = true },
        new(OfficialCountSchema.SetName, OfficialCountSchema.Definition.Type, new("Official counts", "Officiella antal"),
            new("The number of offices by date, as public sources state it.", "Antal kontor per datum, så som offentliga källor anger det."), ["note", "source"]) { HasTimeline = true },
    ]);

    /// <summary>Lays a published register out in linked tables.</summary>
    public static TableSet CreateTables(PublishedRegister register)
    {
        var latest = register.Publications[^1];
        return new TableSetBuilder(Model)
            .Add(OfficeSchema.SetName, OfficeSchema.Definition, register.Offices)
            .Add(EventSchema.SetName, EventSchema.Definition, register.Events)
            .Add(MunicipalitySchema.SetName, MunicipalitySchema.Definition, register.Municipalities)
            .Add(CountySchema.SetName, CountySchema.Definition, register.Reference.Counties)
            .Add(FaRegionSchema.SetName, FaRegionSchema.Definition, register.Reference.FaRegions)
            .Add(AgencySchema.SetName, AgencySchema.Definition, register.Reference.Agencies)
            .Add(ChangeSchema.SetName, ChangeSchema.Definition, register.Changes)
            .Add(PublicationSchema.SetName, PublicationSchema.Definition, register.Publications)
            .Add(FileSchema.SetName, FileSchema.Definition, register.Files)
            .Add(NetworkSizeSchema.SetName, NetworkSizeSchema.Definition, register.NetworkSizes)
            .Add(CountySizeSchema.SetName, CountySizeSchema.Definition, register.CountySizes)
            .Add(OfficialCountSchema.SetName, OfficialCountSchema.Definition, register.Reference.NetworkCounts)
            .Build(latest.Revision, latest.At);
    }
}

/// <summary>A code list as a column states it.</summary>
internal static class AllowedValues
{
    public static IReadOnlyList<AllowedValue> From(CodeList list) =>
        [.. list.Codes.Select(code => new AllowedValue(code.Value, new LocalizedString(code.En, code.Sv)))];
}
