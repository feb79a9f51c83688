using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>municipalities</c>.</summary>
public static class MunicipalitySchema
{
    public const string SetName = "municipalities";

    public static TypeMapping<PublishedMunicipality> Definition { get; } = new TypeMapping<PublishedMunicipality>(RegisterModel.Namespace, "Municipality")
        .WithTerms("schema:AdministrativeArea")
        .HasKey("code")
        .HasProperty("code", m => m.Municipality.Code, new("Code", "Kod"), new("Municipality code from Statistics Sweden (SCB), four digits.", "SCB:s kommunkod, fyra siffror."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("name", m => m.Municipality.Name, new("Name", "Namn"), new("Short name.", "Namn i kortform."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("schema:name@sv", "skos:prefLabel@sv")
        .HasProperty("officialName", m => m.Municipality.OfficialName, new("Official name", "Fullständigt namn"), new("Full official name.", "Fullständigt officiellt namn."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("schema:legalName@sv")
        .HasProperty("countyCode", m => m.Municipality.CountyCode, new("County code", "Länskod"), new("County code from Statistics Sweden (SCB), two digits.", "SCB:s länskod, två siffror."), required: true)
        .HasProperty("faRegionCode", m => m.Municipality.FaRegionCode, new("FA region code", "FA-regionkod"),
            new("Functional labour-market region according to the FA15 classification.", "Funktionell arbetsmarknadsregion enligt indelningen FA15."), required: true)
        .HasProperty("population", m => m.Municipality.Population, new("Population", "Folkmängd"), new("Population on 2019-12-31 (SCB).", "Folkmängd 2019-12-31 (SCB)."))
        .HasProperty("location", m => (GeoPoint?)new GeoPoint(m.Municipality.SeatLongitude, m.Municipality.SeatLatitude), new("Location", "Läge"),
            new("Position of the municipality's main town, WGS 84 (SRID 4326).", "Centralortens läge, WGS 84 (SRID 4326)."))
        .WithTerms("geosparql:asWKT")
        .HasProperty("latitude", m => m.Municipality.SeatLatitude, new("Latitude", "Latitud"), new("Latitude of the main town, WGS 84.", "Centralortens latitud, WGS 84."), unit: "deg")
        .WithTerms("wgs84:lat")
        .HasProperty("longitude", m => m.Municipality.SeatLongitude, new("Longitude", "Longitud"), new("Longitude of the main town, WGS 84.", "Centralortens longitud, WGS 84."), unit: "deg")
        .WithTerms("wgs84:long")
        .HasProperty("officesOpen", m => m.OfficesOpen, new("Open offices", "Öppna kontor"),
            new("Number of open offices in the municipality.", "Antal öppna kontor i kommunen."))
        .HasProperty("distanceToNearestOpenOfficeKm", m => m.DistanceToNearestOpenOfficeKm, new("Distance to the nearest open office", "Avstånd till närmaste öppna kontor"),
            new("Distance along the ellipsoid from the municipality's main town to the nearest open office. An upper bound: the register does not contain all offices, and known positions are often main towns.",
                "Avstånd längs ellipsoiden från kommunens centralort till närmaste öppna kontor. Avståndet är som mest detta: registret innehåller inte alla kontor, och kända lägen är ofta centralorter."), unit: "km")
        .HasProperty("nearestOpenOfficeId", m => m.NearestOpenOfficeId, new("Nearest open office", "Närmaste öppna kontor"), new("Identifier of the nearest open office in the register.", "Id för närmaste öppna kontor i registret."))
        .HasOne("county", CountySchema.SetName, () => CountySchema.Definition.Type, m => m.Municipality.CountyCode, new("County", "Län"), new("County of the municipality.", "Kommunens län."), partner: "municipalities")
        .WithTerms("schema:containedInPlace")
        .HasOne("faRegion", FaRegionSchema.SetName, () => FaRegionSchema.Definition.Type, m => m.Municipality.FaRegionCode, new("FA region", "FA-region"), new("FA region of the municipality.", "Kommunens FA-region."), partner: "municipalities")
        .HasOne("nearestOpenOffice", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, m => m.NearestOpenOfficeId,
            new("Nearest open office", "Närmaste öppna kontor"), new("The nearest open office.", "Närmaste öppna kontor."))
        .HasMany("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "municipality", new("Offices", "Kontor"), new("Offices in the municipality.", "Kontor i kommunen."));
}

/// <summary>The columns of the set <c>counties</c>.</summary>
public static class CountySchema
{
    public const string SetName = "counties";

    public static TypeMapping<County> Definition { get; } = new TypeMapping<County>(RegisterModel.Namespace, "County")
        .WithTerms("schema:AdministrativeArea")
        .HasKey("code")
        .HasProperty("code", c => c.Code, new("Code", "Kod"), new("County code from Statistics Sweden (SCB), two digits.", "SCB:s länskod, två siffror."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("nameSv", c => c.NameSv, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:prefLabel@sv", "schema:name@sv")
        .HasProperty("nameEn", c => c.NameEn, new("Name in English", "Namn på engelska"), new("Name in English.", "Namn på engelska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:prefLabel@en", "schema:name@en")
        .HasMany("municipalities", MunicipalitySchema.SetName, () => MunicipalitySchema.Definition.Type, "county", new("Municipalities", "Kommuner"), new("Municipalities in the county.", "Kommuner i länet."))
        .HasMany("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "county", new("Offices", "Kontor"), new("Offices in the county.", "Kontor i länet."));
}

/// <summary>The columns of the set <c>faregions</c>.</summary>
public static class FaRegionSchema
{
    public const string SetName = "faregions";

    public static TypeMapping<FaRegion> Definition { get; } = new TypeMapping<FaRegion>(RegisterModel.Namespace, "FaRegion")
        .WithTerms("schema:AdministrativeArea")
        .HasKey("code")
        .HasProperty("code", f => f.Code, new("Code", "Kod"), new("Two-digit code, unique within the classification.", "Tvåsiffrig kod, unik inom indelningen."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("version", f => f.Version, new("Classification", "Indelning"), new("Version of the classification.", "Indelningens version."), required: true)
        .HasProperty("nameSv", f => f.Name, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:prefLabel@sv", "schema:name@sv")
        .HasProperty("nameEn", f => f.Name, new("Name in English", "Namn på engelska"),
            new("Name in English. Regions are named after places, whose names are not translated.", "Namn på engelska. Regionerna är uppkallade efter orter, och ortnamn översätts inte."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("skos:prefLabel@en", "schema:name@en")
        .HasProperty("population", f => f.Population, new("Population", "Folkmängd"), new("Population on 2019-12-31 (SCB).", "Folkmängd 2019-12-31 (SCB)."))
        .HasMany("municipalities", MunicipalitySchema.SetName, () => MunicipalitySchema.Definition.Type, "faRegion", new("Municipalities", "Kommuner"), new("Municipalities in the region.", "Kommuner i regionen."))
        .HasManyThrough("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "municipalities", "offices", new("Offices", "Kontor"), new("Offices in the region.", "Kontor i regionen."));
}
