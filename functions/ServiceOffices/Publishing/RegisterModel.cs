using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The register as entity sets, and how a published register becomes tables.</summary>
public static class RegisterModel
{
    public const string Namespace = "ServiceOffices";

    public static EntityModel Model { get; } = new(Namespace,
    [
        new(OfficeColumns.Set, OfficeColumns.Rows.Type, new("Offices", "Kontor"),
            new("State service offices.", "Statliga servicekontor."),
            ["id", "name", "locality", "vulnerableAreas", "municipality/name", "county/nameSv", "county/nameEn", "agencies/nameSv", "agencies/nameEn", "agencies/shortName"]) { HasTimeline = true },
        new(EventColumns.Set, EventColumns.Rows.Type, new("Events", "Händelser"),
            new("The offices' dated lifecycle events.", "Kontorens daterade livscykelhändelser."),
            ["officeId", "kind", "note", "office/name"]) { HasTimeline = true },
        new(MunicipalityColumns.Set, MunicipalityColumns.Rows.Type, new("Municipalities", "Kommuner"),
            new("Sweden's municipalities with their access to open offices.", "Sveriges kommuner med deras tillgång till öppna kontor."),
            ["code", "name", "officialName", "county/nameSv", "county/nameEn", "faRegion/nameSv"]) { HasTimeline = true },
        new(CountyColumns.Set, CountyColumns.Rows.Type, new("Counties", "Län"),
            new("Sweden's counties.", "Sveriges län."), ["code", "nameSv", "nameEn"]) { HasTimeline = true },
        new(FaRegionColumns.Set, FaRegionColumns.Rows.Type, new("FA regions", "FA-regioner"),
            new("Functional labour-market regions.", "Funktionella arbetsmarknadsregioner."), ["code", "nameSv"]) { HasTimeline = true },
        new(AgencyColumns.Set, AgencyColumns.Rows.Type, new("Agencies", "Myndigheter"),
            new("Agencies that the offices serve for.", "Myndigheter som kontoren ger service för."), ["id", "nameSv", "nameEn", "shortName"]) { HasTimeline = true },
        new(ChangeColumns.Set, ChangeColumns.Rows.Type, new("Changes", "Ändringar"),
            new("What each publication changed.", "Vad varje publicering ändrade."), ["officeId", "officeName", "kind"]),
        new(PublicationColumns.Set, PublicationColumns.Rows.Type, new("Publications", "Publiceringar"),
            new("Every revision of the register.", "Registrets alla revisioner."), ["reason"]),
        new(FileColumns.Set, FileColumns.Rows.Type, new("Files", "Filer"),
            new("What can be downloaded of the register.", "Vad som kan laddas ned av registret."), ["name", "mediaType"]),
        new(NetworkSizeColumns.Set, NetworkSizeColumns.Rows.Type, new("Network size", "Nätets storlek"),
            new("Offices by status on each date on which some number moved.", "Kontor per status för varje datum då något antal ändrades."), []) { HasTimeline = true },
        new(CountySizeColumns.Set, CountySizeColumns.Rows.Type, new("Network size by county", "Nätets storlek per län"),
            new("Every county's offices by status on each date on which some county's number moved.", "Varje läns kontor per status för varje datum då något läns antal ändrades."), []) { HasTimeline = true },
        new(OfficialCountColumns.Set, OfficialCountColumns.Rows.Type, new("Official counts", "Officiella antal"),
            new("The number of offices by date, as public sources state it.", "Antal kontor per datum, så som offentliga källor anger det."), ["note", "source"]) { HasTimeline = true },
    ]);

    /// <summary>Lays a published register out in linked tables.</summary>
    public static TableSet Tables(PublishedRegister register)
    {
        var latest = register.Publications[^1];
        return new TableSetBuilder(Model)
            .Add(OfficeColumns.Set, OfficeColumns.Rows, register.Offices)
            .Add(EventColumns.Set, EventColumns.Rows, register.Events)
            .Add(MunicipalityColumns.Set, MunicipalityColumns.Rows, register.Municipalities)
            .Add(CountyColumns.Set, CountyColumns.Rows, register.Reference.Counties)
            .Add(FaRegionColumns.Set, FaRegionColumns.Rows, register.Reference.FaRegions)
            .Add(AgencyColumns.Set, AgencyColumns.Rows, register.Reference.Agencies)
            .Add(ChangeColumns.Set, ChangeColumns.Rows, register.Changes)
            .Add(PublicationColumns.Set, PublicationColumns.Rows, register.Publications)
            .Add(FileColumns.Set, FileColumns.Rows, register.Files)
            .Add(NetworkSizeColumns.Set, NetworkSizeColumns.Rows, register.NetworkSizes)
            .Add(CountySizeColumns.Set, CountySizeColumns.Rows, register.CountySizes)
            .Add(OfficialCountColumns.Set, OfficialCountColumns.Rows, register.Reference.NetworkCounts)
            .Build(latest.Revision, latest.At);
    }
}
