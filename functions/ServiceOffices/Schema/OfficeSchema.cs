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
        .HasProperty("agency", s => s.Agency, new("Agency", "Myndighet"), new("Id of the agency whose errands the office helps with.", "Id för myndigheten vars ärenden kontoret hjälper till med."),
            required: true, allowedValues: AllowedValues.From(Codes.Agency))
        .HasStringCollection("levels", s => s.Levels, new("Levels", "Nivåer"), new("Levels of service.", "Servicenivåer."), AllowedValues.From(Codes.Level));

    private static readonly TypeMapping<OpeningHours> OpeningHoursDefinition = new TypeMapping<OpeningHours>(RegisterModel.Namespace, "OpeningHours")
        .WithTerms("schema:OpeningHoursSpecification")
        .HasProperty("dayOfWeek", h => h.DayOfWeek, new("Day", "Veckodag"), new("Day of the week.", "Veckodag."), required: true, allowedValues: AllowedValues.From(Codes.DayOfWeek))
        .HasProperty("opens", h => h.Opens, new("Opens", "Öppnar"), new("Swedish local time.", "Svensk tid."))
        .WithTerms("schema:opens")
        .HasProperty("closes", h => h.Closes, new("Closes", "Stänger"), new("Swedish local time.", "Svensk tid."))
        .WithTerms("schema:closes")
        .HasProperty("byAppointment", h => h.ByAppointment, new("By appointment", "Tidsbokning"), new("Whether a time must be booked.", "Om tid måste bokas."));

    private static readonly TypeMapping<SpecialHours> SpecialHoursDefinition = new TypeMapping<SpecialHours>(RegisterModel.Namespace, "SpecialHours")
        .WithTerms("schema:OpeningHoursSpecification")
        .HasProperty("on", h => h.On, new("Date", "Datum"), new("The date that the exception holds for.", "Datumet som undantaget gäller."))
        .WithTerms("schema:validFrom", "schema:validThrough")
        .HasProperty("opens", h => h.Opens, new("Opens", "Öppnar"), new("Swedish local time; null: closed all day.", "Svensk tid; null: stängt hela dagen."))
        .WithTerms("schema:opens")
        .HasProperty("closes", h => h.Closes, new("Closes", "Stänger"), new("Swedish local time; null: closed all day.", "Svensk tid; null: stängt hela dagen."))
        .WithTerms("schema:closes")
        .HasProperty("reason", h => h.Reason, new("Reason", "Orsak"), new("Why.", "Varför."));

    public static TypeMapping<PublishedOffice> Definition { get; } = new TypeMapping<PublishedOffice>(RegisterModel.Namespace, "Office")
        .WithTerms("schema:GovernmentOffice", "org:OrganizationalUnit")
        .HasKey("id")
        .HasProperty("id", o => o.Office.Id, new("Id", "Id"),
            new("Stable identifier; never reused for another office.", "Stabil identifierare; återanvänds aldrig för ett annat kontor."), required: true)
        .WithTerms("schema:identifier", "dcterms:identifier")
        .HasProperty("name", o => o.Office.Name, new("Name", "Namn"), new("The office's name.", "Kontorets namn."), required: true)
        .WithTerms("schema:name@sv", "skos:prefLabel@sv")
        .HasProperty("kind", o => o.Office.Kind, new("Kind", "Typ"),
            new("Kind of office; null where no source says.", "Typ av kontor; null där ingen källa anger den."), allowedValues: AllowedValues.From(Codes.Kind))
        .HasProperty("status", o => o.Status, new("Status", "Status"),
            new("Status on the day of publication, computed from the events; null where not known.", "Status på publiceringsdagen, beräknad ur händelserna; null där den inte är känd."),
            allowedValues: AllowedValues.From(Codes.Status))
        .HasProperty("basis", o => o.Office.Basis, new("Basis", "Grund"),
            new("Why the 2018 inquiry proposed the office; null for other offices.", "Varför 2018 års utredning föreslog kontoret; null för övriga kontor."), allowedValues: AllowedValues.From(Codes.Basis))
        .HasProperty("municipalityCode", o => o.Office.MunicipalityCode, new("Municipality code", "Kommunkod"),
            new("SCB's four digits; null where the place is not decided.", "SCB:s fyra siffror; null där platsen inte är bestämd."))
        .HasProperty("countyCode", o => o.CountyCode, new("County code", "Länskod"), new("SCB's two digits.", "SCB:s två siffror."))
        .HasProperty("locality", o => o.Office.Locality, new("Locality", "Ort"), new("Town or part of town.", "Ort eller stadsdel."))
        .HasStringCollection("vulnerableAreas", o => o.Office.VulnerableAreas, new("Vulnerable areas", "Utsatta områden"),
            new("Vulnerable areas that the proposal named; several are alternatives.", "Utsatta områden som förslaget nämnde; flera är alternativ."))
        .HasComplexProperty("address", o => o.Office.Address, AddressDefinition, new("Address", "Adress"),
            new("Visiting address; null where not public as data.", "Besöksadress; null där den inte är offentlig som data."))
        .WithTerms("schema:address")
        .HasProperty("location", o => o.Office is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(longitude, latitude) : (GeoPoint?)null,
            new("Location", "Läge"), new("Point, WGS 84 (SRID 4326).", "Punkt, WGS 84 (SRID 4326)."))
        .WithTerms("geosparql:asWKT")
        .HasProperty("latitude", o => o.Office.Latitude, new("Latitude", "Latitud"), new("WGS 84, north positive.", "WGS 84, nord positivt."), unit: "deg")
        .WithTerms("schema:latitude", "wgs84:lat")
        .HasProperty("longitude", o => o.Office.Longitude, new("Longitude", "Longitud"), new("WGS 84, east positive.", "WGS 84, öst positivt."), unit: "deg")
        .WithTerms("schema:longitude", "wgs84:long")
        .HasProperty("locationPrecision", o => o.Office.LocationPrecision, new("Location precision", "Lägets noggrannhet"),
            new("What the coordinates point at.", "Vad koordinaterna pekar på."), required: true, allowedValues: AllowedValues.From(Codes.LocationPrecision))
        .HasComplexCollection("services", o => o.Office.Services, ServiceDefinition, new("Services", "Tjänster"),
            new("Agencies whose errands the office helps with.", "Myndigheter vars ärenden kontoret hjälper till med."))
        .HasProperty("videoMeetings", o => o.Office.VideoMeetings, new("Video meetings", "Videomöten"),
            new("Whether visitors can meet a specialist by video; null where not known.", "Om besökare kan möta en specialist via video; null där det inte är känt."))
        .HasProperty("videoMeetingsSince", o => o.Office.VideoMeetingsSince, new("Video meetings since", "Videomöten sedan"),
            new("First date of video meetings.", "Första datum för videomöten."))
        .HasComplexCollection("openingHours", o => o.Office.OpeningHours, OpeningHoursDefinition, new("Opening hours", "Öppettider"),
            new("The ordinary week; empty where not public as data.", "Ordinarie vecka; tom där den inte är offentlig som data."))
        .WithTerms("schema:openingHoursSpecification")
        .HasComplexCollection("specialHours", o => o.Office.SpecialHours, SpecialHoursDefinition, new("Special hours", "Avvikande öppettider"),
            new("Dated exceptions, openings as well as closures.", "Daterade undantag, både öppet och stängt."))
        .WithTerms("schema:specialOpeningHoursSpecification")
        .HasProperty("phone", o => o.Office.Phone, new("Phone", "Telefon"), new("Telephone number.", "Telefonnummer."))
        .WithTerms("schema:telephone")
        .HasProperty("email", o => o.Office.Email, new("E-mail", "E-post"), new("E-mail address.", "E-postadress."))
        .WithTerms("schema:email")
        .HasProperty("webPage", o => o.Office.WebPage, new("Web page", "Webbsida"), new("The office's own page.", "Kontorets egen sida."))
        .WithTerms("<schema:url>", "<foaf:homepage>")
        .HasStringCollection("sources", o => o.Office.Sources, new("Sources", "Källor"),
            new("Public sources of these facts.", "Offentliga källor till uppgifterna."))
        .WithTerms("dcterms:source")
        .HasProperty("note", o => o.Office.Note, new("Note", "Anmärkning"), new("Remark, in English.", "Anmärkning, på engelska."))
        .HasProperty("modifiedAt", o => o.ModifiedAt, new("Modified", "Ändrad"),
            new("When a publication last changed any value of the office or of its events, UTC.", "När en publicering senast ändrade något värde för kontoret eller dess händelser, UTC."))
        .WithTerms("dcterms:modified")
        .HasOne("municipality", MunicipalitySchema.SetName, () => MunicipalitySchema.Definition.Type, o => o.Office.MunicipalityCode,
            new("Municipality", "Kommun"), new("The municipality that it lies in.", "Kommunen som det ligger i."), partner: "offices")
        .WithTerms("dcterms:spatial", "schema:containedInPlace")
        .HasOne("county", CountySchema.SetName, () => CountySchema.Definition.Type, o => o.CountyCode,
            new("County", "Län"), new("The county that it lies in.", "Länet som det ligger i."), partner: "offices")
        .HasManyByKeys("agencies", AgencySchema.SetName, () => AgencySchema.Definition.Type, o => o.Agencies,
            new("Agencies", "Myndigheter"), new("The agencies that it serves for.", "Myndigheterna som det ger service för."), partner: "offices")
        .HasMany("events", EventSchema.SetName, () => EventSchema.Definition.Type, "office",
            new("Events", "Händelser"), new("Its dated lifecycle.", "Dess daterade livscykel."))
        .HasMany("changes", ChangeSchema.SetName, () => ChangeSchema.Definition.Type, "office",
            new("Changes", "Ändringar"), new("What publications changed about it.", "Vad publiceringar ändrat om det."));
}
