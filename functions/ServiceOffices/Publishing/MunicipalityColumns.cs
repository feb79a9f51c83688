using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>municipalities</c>.</summary>
public static class MunicipalityColumns
{
    public const string Set = "municipalities";

    public static RowType<PublishedMunicipality> Rows { get; } = new RowType<PublishedMunicipality>(RegisterModel.Namespace, "Municipality")
        .Means("schema:AdministrativeArea")
        .Key("code")
        .Value("code", m => m.Municipality.Code, new("Code", "Kod"), new("SCB's four digits.", "SCB:s fyra siffror."), required: true)
        .Means("schema:identifier", "dcterms:identifier")
        .Value("name", m => m.Municipality.Name, new("Name", "Namn"), new("Short name.", "Kort namn."), required: true)
        .Means("schema:name@sv", "skos:prefLabel@sv")
        .Value("officialName", m => m.Municipality.OfficialName, new("Official name", "Fullständigt namn"), new("Full name.", "Fullständigt namn."), required: true)
        .Means("schema:legalName@sv")
        .Value("countyCode", m => m.Municipality.CountyCode, new("County code", "Länskod"), new("SCB's two digits.", "SCB:s två siffror."), required: true)
        .Value("faRegionCode", m => m.Municipality.FaRegionCode, new("FA region code", "FA-regionkod"),
            new("Functional labour-market region, classification FA15.", "Funktionell arbetsmarknadsregion, indelning FA15."), required: true)
        .Value("population", m => m.Municipality.Population, new("Population", "Folkmängd"), new("Inhabitants on 2019-12-31 (SCB).", "Invånare 2019-12-31 (SCB)."))
        .Value("location", m => (GeoPoint?)new GeoPoint(m.Municipality.SeatLongitude, m.Municipality.SeatLatitude), new("Location", "Läge"),
            new("The seat, WGS 84 (SRID 4326).", "Centralorten, WGS 84 (SRID 4326)."))
        .Means("geosparql:asWKT")
        .Value("latitude", m => m.Municipality.SeatLatitude, new("Latitude", "Latitud"), new("Of the seat, WGS 84.", "Centralortens, WGS 84."), unit: "deg")
        .Means("wgs84:lat")
        .Value("longitude", m => m.Municipality.SeatLongitude, new("Longitude", "Longitud"), new("Of the seat, WGS 84.", "Centralortens, WGS 84."), unit: "deg")
        .Means("wgs84:long")
        .Value("officesOpen", m => m.OfficesOpen, new("Open offices", "Öppna kontor"),
            new("Offices in the municipality whose status is open.", "Kontor i kommunen med status öppet."))
        .Value("distanceToNearestOpenOfficeKm", m => m.DistanceToNearestOpenOfficeKm, new("Distance to the nearest open office", "Avstånd till närmaste öppna kontor"),
            new("From the seat along the ellipsoid to the nearest open office's known position (often its municipality's seat).",
                "Från centralorten längs ellipsoiden till närmaste öppna kontors kända läge (ofta dess kommuns centralort)."), unit: "km")
        .Value("nearestOpenOfficeId", m => m.NearestOpenOfficeId, new("Nearest open office", "Närmaste öppna kontor"), new("Its id.", "Dess id."))
        .ToOne("county", CountyColumns.Set, () => CountyColumns.Rows.Type, m => m.Municipality.CountyCode, new("County", "Län"), new("Its county.", "Dess län."), partner: "municipalities")
        .Means("schema:containedInPlace")
        .ToOne("faRegion", FaRegionColumns.Set, () => FaRegionColumns.Rows.Type, m => m.Municipality.FaRegionCode, new("FA region", "FA-region"), new("Its FA region.", "Dess FA-region."), partner: "municipalities")
        .ToOne("nearestOpenOffice", OfficeColumns.Set, () => OfficeColumns.Rows.Type, m => m.NearestOpenOfficeId,
            new("Nearest open office", "Närmaste öppna kontor"), new("The nearest open office.", "Närmaste öppna kontor."))
        .ToMany("offices", OfficeColumns.Set, () => OfficeColumns.Rows.Type, "municipality", new("Offices", "Kontor"), new("Offices in it.", "Kontor i den."));
}
