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
        .HasProperty("code", m => m.Municipality.Code, new("Code", "Kod"), new("SCB's four digits.", "SCB:s fyra siffror."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("name", m => m.Municipality.Name, new("Name", "Namn"), new("Short name.", "Kort namn."), required: true)
        .WithTerms("schema:name@sv", "skos:prefLabel@sv")
        .HasProperty("officialName", m => m.Municipality.OfficialName, new("Official name", "Fullständigt namn"), new("Full name.", "Fullständigt namn."), required: true)
        .WithTerms("schema:legalName@sv")
        .HasProperty("countyCode", m => m.Municipality.CountyCode, new("County code", "Länskod"), new("SCB's two digits.", "SCB:s två siffror."), required: true)
        .HasProperty("faRegionCode", m => m.Municipality.FaRegionCode, new("FA region code", "FA-regionkod"),
            new("Functional labour-market region, classification FA15.", "Funktionell arbetsmarknadsregion, indelning FA15."), required: true)
        .HasProperty("population", m => m.Municipality.Population, new("Population", "Folkmängd"), new("Inhabitants on 2019-12-31 (SCB).", "Invånare 2019-12-31 (SCB)."))
        .HasProperty("location", m => (GeoPoint?)new GeoPoint(m.Municipality.SeatLongitude, m.Municipality.SeatLatitude), new("Location", "Läge"),
            new("The seat, WGS 84 (SRID 4326).", "Centralorten, WGS 84 (SRID 4326)."))
        .WithTerms("geosparql:asWKT")
        .HasProperty("latitude", m => m.Municipality.SeatLatitude, new("Latitude", "Latitud"), new("Of the seat, WGS 84.", "Centralortens, WGS 84."), unit: "deg")
        .WithTerms("wgs84:lat")
        .HasProperty("longitude", m => m.Municipality.SeatLongitude, new("Longitude", "Longitud"), new("Of the seat, WGS 84.", "Centralortens, WGS 84."), unit: "deg")
        .WithTerms("wgs84:long")
        .HasProperty("officesOpen", m => m.OfficesOpen, new("Open offices", "Öppna kontor"),
            new("Offices in the municipality whose status is open.", "Kontor i kommunen med status öppet."))
        .HasProperty("distanceToNearestOpenOfficeKm", m => m.DistanceToNearestOpenOfficeKm, new("Distance to the nearest open office", "Avstånd till närmaste öppna kontor"),
            new("From the seat along the ellipsoid to the nearest open office's known position (often its municipality's seat).",
                "Från centralorten längs ellipsoiden till närmaste öppna kontors kända läge (ofta dess kommuns centralort)."), unit: "km")
        .HasProperty("nearestOpenOfficeId", m => m.NearestOpenOfficeId, new("Nearest open office", "Närmaste öppna kontor"), new("Its id.", "Dess id."))
        .HasOne("county", CountySchema.SetName, () => CountySchema.Definition.Type, m => m.Municipality.CountyCode, new("County", "Län"), new("Its county.", "Dess län."), partner: "municipalities")
        .WithTerms("schema:containedInPlace")
        .HasOne("faRegion", FaRegionSchema.SetName, () => FaRegionSchema.Definition.Type, m => m.Municipality.FaRegionCode, new("FA region", "FA-region"), new("Its FA region.", "Dess FA-region."), partner: "municipalities")
        .HasOne("nearestOpenOffice", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, m => m.NearestOpenOfficeId,
            new("Nearest open office", "Närmaste öppna kontor"), new("The nearest open office.", "Närmaste öppna kontor."))
        .HasMany("offices", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, "municipality", new("Offices", "Kontor"), new("Offices in it.", "Kontor i den."));
}

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
