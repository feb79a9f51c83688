using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>offices</c>: the only place where they are named and described.</summary>
public static class OfficeSchema
{
    public const string SetName = "offices";

    private static readonly TypeMapping<Address> AddressDefinition = new TypeMapping<Address>(RegisterModel.Namespace, "Address")
        .WithTerms("schema:PostalAddress")
        .HasProperty("street", a => a.Street, new("Street", "Gata"), new("Street name and number.", "Gatunamn och nummer."))
        .WithTerms("schema:streetAddress")
        .HasProperty("postalCode", a => a.PostalCode, new("Postal code", "Postnummer"), new("Five digits.", "Fem siffror."))
        .WithTerms("schema:postalCode")
        .HasProperty("city", a => a.City, new("City", "Postort"), new("Post town.", "Postort."))
        .WithTerms("schema:addressLocality");

    private static readonly TypeMapping<OfferedService> ServiceDefinition = new TypeMapping<OfferedService>(RegisterModel.Namespace, "OfferedService")
        .HasProperty("agency", s => s.Agency, new("Agency", "Myndighet"), new("Identifier of the agency whose services the office helps with.", "Id för den myndighet vars ärenden kontoret hjälper till med."),
            required: true, allowedValues: AllowedValues.From(Codes.Agency))
        .HasStringCollection("levels", s => s.Levels, new("Levels", "Nivåer"), new("Levels of service.", "Servicenivåer."), AllowedValues.From(Codes.Level));

    private static readonly TypeMapping<OpeningHours> OpeningHoursDefinition = new TypeMapping<OpeningHours>(RegisterModel.Namespace, "OpeningHours")
        .WithTerms("schema:OpeningHoursSpecification")
        .HasProperty("dayOfWeek", h => h.DayOfWeek, new("Day", "Veckodag"), new("Day of the week.", "Veckodag."), required: true, allowedValues: AllowedValues.From(Codes.DayOfWeek))
        .HasProperty("opens", h => h.Opens, new("Opens", "Öppnar"), new("Swedish local time.", "Svensk tid."))
        .WithTerms("schema:opens")
        .HasProperty("closes", h => h.Closes, new("Closes", "Stänger"), new("Swedish local time.", "Svensk tid."))
        .WithTerms("schema:closes")
        .HasProperty("byAppointment", h => h.ByAppointment, new("By appointment", "Tidsbokning"), new("Whether an appointment is required.", "Om besökare måste boka tid."));

    private static readonly TypeMapping<SpecialHours> SpecialHoursDefinition = new TypeMapping<SpecialHours>(RegisterModel.Namespace, "SpecialHours")
        .WithTerms("schema:OpeningHoursSpecification")
        .HasProperty("on", h => h.On, new("Date", "Datum"), new("Date that the special hours apply to.", "Datum som de avvikande öppettiderna gäller."))
        .WithTerms("schema:validFrom", "schema:validThrough")
        .HasProperty("opens", h => h.Opens, new("Opens", "Öppnar"), new("Swedish local time. Null if the office is closed all day.", "Svensk tid. Null om kontoret är stängt hela dagen."))
        .WithTerms("schema:opens")
        .HasProperty("closes", h => h.Closes, new("Closes", "Stänger"), new("Swedish local time. Null if the office is closed all day.", "Svensk tid. Null om kontoret är stängt hela dagen."))
        .WithTerms("schema:closes")
        .HasProperty("reason", h => h.Reason, new("Reason", "Orsak"), new("Reason for the special hours.", "Orsak till de avvikande öppettiderna."));

    public static TypeMapping<PublishedOffice> Definition { get; } = new TypeMapping<PublishedOffice>(RegisterModel.Namespace, "Office")
        .WithTerms("schema:GovernmentOffice", "org:OrganizationalUnit")
        .HasKey("id")
        .HasProperty("id", o => o.Office.Id, new("Id", "Id"),
            new("Stable identifier. Never reused for another office.", "Stabil identifierare. Återanvänds aldrig för ett annat kontor."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("name", o => o.Office.Name, new("Name", "Namn"), new("Name of the office.", "Kontorets namn."), required: true)
        .WithTerms("schema:name@sv", "skos:prefLabel@sv")
        .HasProperty("kind", o => o.Office.Kind, new("Kind", "Typ"),
            new("Kind of office. Null if no source states it.", "Typ av kontor. Null om ingen källa anger den."), allowedValues: AllowedValues.From(Codes.Kind))
        .HasProperty("status", o => o.Status, new("Status", "Status"),
            new("Status on the day of publication, computed from the events. Null if unknown.", "Status på publiceringsdagen, beräknad utifrån händelserna. Null om den är okänd."),
            allowedValues: AllowedValues.From(Codes.Status))
        .HasProperty("basis", o => o.Office.Basis, new("Basis", "Grund"),
            new("Reason that the 2018 inquiry proposed the office. Null for other offices.", "Skäl till att 2018 års utredning föreslog kontoret. Null för övriga kontor."), allowedValues: AllowedValues.From(Codes.Basis))
        .HasProperty("municipalityCode", o => o.Office.MunicipalityCode, new("Municipality code", "Kommunkod"),
            new("Municipality code from Statistics Sweden (SCB), four digits. Null if the location is not decided.", "SCB:s kommunkod, fyra siffror. Null om platsen inte är bestämd."))
        .HasProperty("countyCode", o => o.CountyCode, new("County code", "Länskod"), new("County code from Statistics Sweden (SCB), two digits.", "SCB:s länskod, två siffror."))
        .HasProperty("locality", o => o.Office.Locality, new("Locality", "Ort"), new("Town or district.", "Ort eller stadsdel."))
        .HasStringCollection("vulnerableAreas", o => o.Office.VulnerableAreas, new("Vulnerable areas", "Utsatta områden"),
            new("Vulnerable areas named in the proposal. Several areas are alternatives.", "Utsatta områden som nämns i förslaget. Flera områden är alternativ till varandra."))
        .HasComplexProperty("address", o => o.Office.Address, AddressDefinition, new("Address", "Adress"),
            new("Visiting address. Null if it is not available as open data.", "Besöksadress. Null om den inte finns som öppna data."))
        .WithTerms("schema:address")
        .HasProperty("location", o => o.Office is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(longitude, latitude) : (GeoPoint?)null,
            new("Location", "Läge"), new("Point, WGS 84 (SRID 4326).", "Punkt, WGS 84 (SRID 4326)."))
        .WithTerms("geosparql:asWKT")
        .HasProperty("latitude", o => o.Office.Latitude, new("Latitude", "Latitud"), new("WGS 84, north positive.", "WGS 84, positiv norrut."), unit: "deg")
        .WithTerms("schema:latitude", "wgs84:lat")
        .HasProperty("longitude", o => o.Office.Longitude, new("Longitude", "Longitud"), new("WGS 84, east positive.", "WGS 84, positiv österut."), unit: "deg")
        .WithTerms("schema:longitude", "wgs84:long")
        .HasProperty("locationPrecision", o => o.Office.LocationPrecision, new("Location precision", "Lägets noggrannhet"),
            new("Place that the coordinates refer to.", "Plats som koordinaterna avser."), required: true, allowedValues: AllowedValues.From(Codes.LocationPrecision))
        .HasComplexCollection("services", o => o.Office.Services, ServiceDefinition, new("Services", "Tjänster"),
            new("Agencies whose services the office helps with.", "Myndigheter vars ärenden kontoret hjälper till med."))
        .HasProperty("videoMeetings", o => o.Office.VideoMeetings, new("Video meetings", "Videomöten"),
            new("Whether visitors can meet a specialist by video. Null if unknown.", "Om besökare kan träffa en specialist via video. Null om det är okänt."))
        .HasProperty("videoMeetingsSince", o => o.Office.VideoMeetingsSince, new("Video meetings since", "Videomöten sedan"),
            new("First date with video meetings.", "Första datum med videomöten."))
        .HasComplexCollection("openingHours", o => o.Office.OpeningHours, OpeningHoursDefinition, new("Opening hours", "Öppettider"),
            new("Regular opening hours of a week. Empty if they are not available as open data.", "Ordinarie öppettider under en vecka. Tom om de inte finns som öppna data."))
        .WithTerms("schema:openingHoursSpecification")
        .HasComplexCollection("specialHours", o => o.Office.SpecialHours, SpecialHoursDefinition, new("Special hours", "Avvikande öppettider"),
            new("Exceptions on single dates, both openings and closures.", "Undantag för enskilda datum, både öppet och stängt."))
        .WithTerms("schema:specialOpeningHoursSpecification")
        .HasProperty("phone", o => o.Office.Phone, new("Phone", "Telefon"), new("Telephone number.", "Telefonnummer."))
        .WithTerms("schema:telephone")
        .HasProperty("email", o => o.Office.Email, new("E-mail", "E-post"), new("E-mail address.", "E-postadress."))
        .WithTerms("schema:email")
        .HasProperty("webPage", o => o.Office.WebPage, new("Web page", "Webbsida"), new("Web page of the office.", "Kontorets webbsida."))
        .WithTerms("<schema:url>", "<foaf:homepage>")
        .HasStringCollection("sources", o => o.Office.Sources, new("Sources", "Källor"),
            new("Public sources of the data.", "Offentliga källor till uppgifterna."))
        .WithTerms("dcterms:source")
        .HasProperty("note", o => o.Office.Note, new("Note", "Anmärkning"), new("Remark in English.", "Anmärkning på engelska."))
        .HasProperty("modifiedAt", o => o.ModifiedAt, new("Modified", "Ändrad"),
            new("Time of the last publication that changed a value of the office or its events, UTC.", "Tidpunkt för den senaste publicering som ändrade något värde för kontoret eller dess händelser, UTC."))
        .WithTerms("dcterms:modified")
        .HasOne("municipality", MunicipalitySchema.SetName, () => MunicipalitySchema.Definition.Type, o => o.Office.MunicipalityCode,
            new("Municipality", "Kommun"), new("Municipality in which the office is located.", "Kommunen där kontoret ligger."), partner: "offices")
        .WithTerms("dcterms:spatial", "schema:containedInPlace")
        .HasOne("county", CountySchema.SetName, () => CountySchema.Definition.Type, o => o.CountyCode,
            new("County", "Län"), new("County in which the office is located.", "Länet där kontoret ligger."), partner: "offices")
        .HasManyByKeys("agencies", AgencySchema.SetName, () => AgencySchema.Definition.Type, o => o.Agencies,
            new("Agencies", "Myndigheter"), new("Agencies whose services the office helps with.", "Myndigheter vars ärenden kontoret hjälper till med."), partner: "offices")
        .HasMany("events", EventSchema.SetName, () => EventSchema.Definition.Type, "office",
            new("Events", "Händelser"), new("Dated lifecycle events of the office.", "Kontorets daterade händelser."))
        .HasMany("changes", ChangeSchema.SetName, () => ChangeSchema.Definition.Type, "office",
            new("Changes", "Ändringar"), new("Published changes to the office.", "Publicerade ändringar av kontoret."));
}
