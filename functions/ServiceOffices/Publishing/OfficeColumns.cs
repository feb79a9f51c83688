using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>offices</c>: the only place where they are named and described.</summary>
public static class OfficeColumns
{
    public const string Set = "offices";

    private static readonly RowType<Address> Address = new RowType<Address>(RegisterModel.Namespace, "Address")
        .Means("schema:PostalAddress")
        .Value("street", a => a.Street, new("Street", "Gata"), new("Street name and number.", "Gatunamn och nummer."))
        .Means("schema:streetAddress")
        .Value("postalCode", a => a.PostalCode, new("Postal code", "Postnummer"), new("Five digits.", "Fem siffror."))
        .Means("schema:postalCode")
        .Value("city", a => a.City, new("City", "Postort"), new("Post town.", "Postort."))
        .Means("schema:addressLocality");

    private static readonly RowType<OfferedService> Service = new RowType<OfferedService>(RegisterModel.Namespace, "OfferedService")
        .Value("agency", s => s.Agency, new("Agency", "Myndighet"), new("Id of the agency whose errands the office helps with.", "Id för myndigheten vars ärenden kontoret hjälper till med."),
            required: true, codes: Allowed.By(Codes.Agency))
        .Values("levels", s => s.Levels, new("Levels", "Nivåer"), new("Levels of service.", "Servicenivåer."), Allowed.By(Codes.Level));

    private static readonly RowType<OpeningHours> Hours = new RowType<OpeningHours>(RegisterModel.Namespace, "OpeningHours")
        .Means("schema:OpeningHoursSpecification")
        .Value("dayOfWeek", h => h.DayOfWeek, new("Day", "Veckodag"), new("Day of the week.", "Veckodag."), required: true, codes: Allowed.By(Codes.DayOfWeek))
        .Value("opens", h => h.Opens, new("Opens", "Öppnar"), new("Swedish local time.", "Svensk tid."))
        .Means("schema:opens")
        .Value("closes", h => h.Closes, new("Closes", "Stänger"), new("Swedish local time.", "Svensk tid."))
        .Means("schema:closes")
        .Value("byAppointment", h => h.ByAppointment, new("By appointment", "Tidsbokning"), new("Whether a time must be booked.", "Om tid måste bokas."));

    private static readonly RowType<SpecialHours> SpecialHours = new RowType<SpecialHours>(RegisterModel.Namespace, "SpecialHours")
        .Means("schema:OpeningHoursSpecification")
        .Value("on", h => h.On, new("Date", "Datum"), new("The date that the exception holds for.", "Datumet som undantaget gäller."))
        .Means("schema:validFrom", "schema:validThrough")
        .Value("opens", h => h.Opens, new("Opens", "Öppnar"), new("Swedish local time; null: closed all day.", "Svensk tid; null: stängt hela dagen."))
        .Means("schema:opens")
        .Value("closes", h => h.Closes, new("Closes", "Stänger"), new("Swedish local time; null: closed all day.", "Svensk tid; null: stängt hela dagen."))
        .Means("schema:closes")
        .Value("reason", h => h.Reason, new("Reason", "Orsak"), new("Why.", "Varför."));

    public static RowType<PublishedOffice> Rows { get; } = new RowType<PublishedOffice>(RegisterModel.Namespace, "Office")
        .Means("schema:GovernmentOffice", "org:OrganizationalUnit")
        .Key("id")
        .Value("id", o => o.Office.Id, new("Id", "Id"),
            new("Stable identifier; never reused for another office.", "Stabil identifierare; återanvänds aldrig för ett annat kontor."), required: true)
        .Means("schema:identifier", "dcterms:identifier")
        .Value("name", o => o.Office.Name, new("Name", "Namn"), new("The office's name.", "Kontorets namn."), required: true)
        .Means("schema:name@sv", "skos:prefLabel@sv")
        .Value("kind", o => o.Office.Kind, new("Kind", "Typ"),
            new("Kind of office; null where no source says.", "Typ av kontor; null där ingen källa anger den."), codes: Allowed.By(Codes.Kind))
        .Value("status", o => o.Status, new("Status", "Status"),
            new("Status on the day of publication, computed from the events; null where not known.", "Status på publiceringsdagen, beräknad ur händelserna; null där den inte är känd."),
            codes: Allowed.By(Codes.Status))
        .Value("basis", o => o.Office.Basis, new("Basis", "Grund"),
            new("Why the 2018 inquiry proposed the office; null for other offices.", "Varför 2018 års utredning föreslog kontoret; null för övriga kontor."), codes: Allowed.By(Codes.Basis))
        .Value("municipalityCode", o => o.Office.MunicipalityCode, new("Municipality code", "Kommunkod"),
            new("SCB's four digits; null where the place is not decided.", "SCB:s fyra siffror; null där platsen inte är bestämd."))
        .Value("countyCode", o => o.CountyCode, new("County code", "Länskod"), new("SCB's two digits.", "SCB:s två siffror."))
        .Value("locality", o => o.Office.Locality, new("Locality", "Ort"), new("Town or part of town.", "Ort eller stadsdel."))
        .Values("vulnerableAreas", o => o.Office.VulnerableAreas, new("Vulnerable areas", "Utsatta områden"),
            new("Vulnerable areas that the proposal named; several are alternatives.", "Utsatta områden som förslaget nämnde; flera är alternativ."))
        .Complex("address", o => o.Office.Address, Address, new("Address", "Adress"),
            new("Visiting address; null where not public as data.", "Besöksadress; null där den inte är offentlig som data."))
        .Means("schema:address")
        .Value("location", o => o.Office is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(longitude, latitude) : (GeoPoint?)null,
            new("Location", "Läge"), new("Point, WGS 84 (SRID 4326).", "Punkt, WGS 84 (SRID 4326)."))
        .Means("geosparql:asWKT")
        .Value("latitude", o => o.Office.Latitude, new("Latitude", "Latitud"), new("WGS 84, north positive.", "WGS 84, nord positivt."), unit: "deg")
        .Means("schema:latitude", "wgs84:lat")
        .Value("longitude", o => o.Office.Longitude, new("Longitude", "Longitud"), new("WGS 84, east positive.", "WGS 84, öst positivt."), unit: "deg")
        .Means("schema:longitude", "wgs84:long")
        .Value("locationPrecision", o => o.Office.LocationPrecision, new("Location precision", "Lägets noggrannhet"),
            new("What the coordinates point at.", "Vad koordinaterna pekar på."), required: true, codes: Allowed.By(Codes.LocationPrecision))
        .Parts("services", o => o.Office.Services, Service, new("Services", "Tjänster"),
            new("Agencies whose errands the office helps with.", "Myndigheter vars ärenden kontoret hjälper till med."))
        .Value("videoMeetings", o => o.Office.VideoMeetings, new("Video meetings", "Videomöten"),
            new("Whether visitors can meet a specialist by video; null where not known.", "Om besökare kan möta en specialist via video; null där det inte är känt."))
        .Value("videoMeetingsSince", o => o.Office.VideoMeetingsSince, new("Video meetings since", "Videomöten sedan"),
            new("First date of video meetings.", "Första datum för videomöten."))
        .Parts("openingHours", o => o.Office.OpeningHours, Hours, new("Opening hours", "Öppettider"),
            new("The ordinary week; empty where not public as data.", "Ordinarie vecka; tom där den inte är offentlig som data."))
        .Means("schema:openingHoursSpecification")
        .Parts("specialHours", o => o.Office.SpecialHours, SpecialHours, new("Special hours", "Avvikande öppettider"),
            new("Dated exceptions, openings as well as closures.", "Daterade undantag, både öppet och stängt."))
        .Means("schema:specialOpeningHoursSpecification")
        .Value("phone", o => o.Office.Phone, new("Phone", "Telefon"), new("Telephone number.", "Telefonnummer."))
        .Means("schema:telephone")
        .Value("email", o => o.Office.Email, new("E-mail", "E-post"), new("E-mail address.", "E-postadress."))
        .Means("schema:email")
        .Value("webPage", o => o.Office.WebPage, new("Web page", "Webbsida"), new("The office's own page.", "Kontorets egen sida."))
        .Means("<schema:url>", "<foaf:homepage>")
        .Values("sources", o => o.Office.Sources, new("Sources", "Källor"),
            new("Public sources of these facts.", "Offentliga källor till uppgifterna."))
        .Means("dcterms:source")
        .Value("note", o => o.Office.Note, new("Note", "Anmärkning"), new("Remark, in English.", "Anmärkning, på engelska."))
        .Value("modifiedAt", o => o.ModifiedAt, new("Modified", "Ändrad"),
            new("When a publication last changed any value of the office or of its events, UTC.", "När en publicering senast ändrade något värde för kontoret eller dess händelser, UTC."))
        .Means("dcterms:modified")
        .ToOne("municipality", MunicipalityColumns.Set, () => MunicipalityColumns.Rows.Type, o => o.Office.MunicipalityCode,
            new("Municipality", "Kommun"), new("The municipality that it lies in.", "Kommunen som det ligger i."), partner: "offices")
        .Means("dcterms:spatial", "schema:containedInPlace")
        .ToOne("county", CountyColumns.Set, () => CountyColumns.Rows.Type, o => o.CountyCode,
            new("County", "Län"), new("The county that it lies in.", "Länet som det ligger i."), partner: "offices")
        .ToManyByKeys("agencies", AgencyColumns.Set, () => AgencyColumns.Rows.Type, o => o.Agencies,
            new("Agencies", "Myndigheter"), new("The agencies that it serves for.", "Myndigheterna som det ger service för."), partner: "offices")
        .ToMany("events", EventColumns.Set, () => EventColumns.Rows.Type, "office",
            new("Events", "Händelser"), new("Its dated lifecycle.", "Dess daterade livscykel."))
        .ToMany("changes", ChangeColumns.Set, () => ChangeColumns.Rows.Type, "office",
            new("Changes", "Ändringar"), new("What publications changed about it.", "Vad publiceringar ändrat om det."));
}
