using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Schema;

/// <summary>
/// The definition of the set <c>offices</c>. To add a column, add a property to <see cref="Office"/> and a column here.
/// </summary>
public static class OfficeSchema
{
    public const string SetName = "offices";

    private static readonly EntityColumns<Address, Address> AddressColumns = new EntityColumns<Address, Address>(RegisterModel.Namespace, "Address", address => address)
        .WithTerms("schema:PostalAddress")
        .HasString("street", a => a.Street, (a, value) => a with { Street = value }, new("Street", "Gata"), new("Street name and number.", "Gatunamn och nummer."))
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("schema:streetAddress")
        .WithRule((validator, field, a) => validator.CheckOptionalSingleLine(field, a.Street, OfficeRules.MaxNameLength))
        .HasString("postalCode", a => a.PostalCode, (a, value) => a with { PostalCode = value }, new("Postal code", "Postnummer"), new("Five digits.", "Fem siffror."))
        .WithTerms("schema:postalCode")
        .WithRule((validator, field, a) => OfficeRules.CheckPostalCode(validator, field, a.PostalCode))
        .HasString("city", a => a.City, (a, value) => a with { City = value }, new("City", "Postort"), new("Post town.", "Postort."))
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("schema:addressLocality")
        .WithRule((validator, field, a) => validator.CheckOptionalSingleLine(field, a.City, OfficeRules.MaxNameLength));

    private static readonly TypeMapping<OfferedService> ServiceDefinition = new TypeMapping<OfferedService>(RegisterModel.Namespace, "OfferedService")
        .HasProperty("agency", s => s.Agency, new("Agency", "Myndighet"), new("Identifier of the agency whose services the office helps with.", "Id för den myndighet vars ärenden kontoret hjälper till med."),
            required: true, allowedValues: Codes.Agency.ToAllowedValues())
        .HasStringCollection("levels", s => s.Levels, new("Levels", "Nivåer"), new("Levels of service.", "Servicenivåer."), Codes.Level.ToAllowedValues());

    private static readonly TypeMapping<OpeningHours> OpeningHoursDefinition = new TypeMapping<OpeningHours>(RegisterModel.Namespace, "OpeningHours")
        .WithTerms("schema:OpeningHoursSpecification")
        .HasProperty("dayOfWeek", h => h.DayOfWeek, new("Day", "Veckodag"), new("Day of the week.", "Veckodag."), required: true, allowedValues: Codes.DayOfWeek.ToAllowedValues())
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

    /// <summary>The columns of an office.</summary>
    internal static EntityColumns<PublishedOffice, Office> Columns { get; } = new EntityColumns<PublishedOffice, Office>(RegisterModel.Namespace, "Office", published => published.Office)
        .WithTerms("schema:GovernmentOffice", "org:OrganizationalUnit")
        .HasKeyPart("id", o => o.Id, new("Id", "Id"),
            new("Stable identifier. Never reused for another office.", "Stabil identifierare. Återanvänds aldrig för ett annat kontor."))
        .WithTerms("schema:identifier", "dcterms:identifier")
        .WithRule((validator, field, o) => OfficeRules.CheckId(validator, field, o.Id))
        .HasString("name", o => o.Name, (o, value) => o with { Name = value }, new("Name", "Namn"), new("Name of the office.", "Kontorets namn."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .WithTerms("schema:name@sv", "skos:prefLabel@sv")
        .WithRule((validator, field, o) => validator.CheckSingleLine(field, o.Name, OfficeRules.MaxNameLength))
        .HasString("kind", o => o.Kind, (o, value) => o with { Kind = value }, new("Kind", "Typ"),
            new("Kind of office. Null if no source states it.", "Typ av kontor. Null om ingen källa anger den."), codes: Codes.Kind)
        .HasComputed("status", o => o.Status, new("Status", "Status"),
            new("Status on the day of publication, computed from the events by the rules of the data dictionary. Null before the first event.", "Status på publiceringsdagen, beräknad utifrån händelserna enligt reglerna i datakatalogen. Null före den första händelsen."),
            Codes.Status)
        .HasComputed("lastConfirmedOn", o => o.LastConfirmedOn, new("Last confirmed", "Senast belagd"),
            new("Date of the latest event, up to the day of publication, that a source states about the office.", "Datum för den senaste händelsen fram till publiceringsdagen som en källa anger om kontoret."))
        .HasComputed("lastConfirmedSource", o => o.LastConfirmedSource, new("Source of the last confirmation", "Källa till senaste belägg"),
            new("Public source of the latest event. Null if the event has no source.", "Offentlig källa till den senaste händelsen. Null om händelsen saknar källa."))
        .HasString("basis", o => o.Basis, (o, value) => o with { Basis = value }, new("Basis", "Grund"),
            new("Reason that the 2018 inquiry proposed the office. Null for other offices.", "Skäl till att 2018 års utredning föreslog kontoret. Null för övriga kontor."), codes: Codes.Basis)
        .HasString("municipalityCode", o => o.MunicipalityCode, (o, value) => o with { MunicipalityCode = value }, new("Municipality code", "Kommunkod"),
            new("Municipality code from Statistics Sweden (SCB), four digits. Null if the location is not decided.", "SCB:s kommunkod, fyra siffror. Null om platsen inte är bestämd."))
        .WithRule((validator, field, o) => validator.CheckMunicipality(field, o.MunicipalityCode))
        .HasComputed("countyCode", o => o.CountyCode, new("County code", "Länskod"), new("County code from Statistics Sweden (SCB), two digits.", "SCB:s länskod, två siffror."))
        .HasString("locality", o => o.Locality, (o, value) => o with { Locality = value }, new("Locality", "Ort"), new("Town or district.", "Ort eller stadsdel."))
        .WithCollation(SwedishCollation.Collation)
        .WithRule((validator, field, o) => validator.CheckOptionalSingleLine(field, o.Locality, OfficeRules.MaxNameLength))
        .HasStringList("vulnerableAreas", o => o.VulnerableAreas, (o, value) => o with { VulnerableAreas = value }, new("Vulnerable areas", "Utsatta områden"),
            new("Vulnerable areas named in the proposal. Several areas are alternatives.", "Utsatta områden som nämns i förslaget. Flera områden är alternativ till varandra."))
        .WithRule((validator, field, o) => validator.CheckItems(field, o.VulnerableAreas, (item, area) => validator.CheckSingleLine(item, area, OfficeRules.MaxNameLength)))
        .HasObject("address", o => o.Address, (o, value) => o with { Address = value }, AddressColumns, new Address(null, null, null), new("Address", "Adress"),
            new("Visiting address. Null if it is not available as open data.", "Besöksadress. Null om den inte finns som öppna data."))
        .WithTerms("schema:address")
        .HasComputed("location", o => o.Office is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(longitude, latitude) : (GeoPoint?)null,
            new("Location", "Läge"), new("Point, WGS 84 (SRID 4326).", "Punkt, WGS 84 (SRID 4326)."))
        .WithTerms("geosparql:asWKT")
        .HasNumber("latitude", o => o.Latitude, (o, value) => o with { Latitude = value }, new("Latitude", "Latitud"),
            new("WGS 84, north positive.", "WGS 84, positiv norrut."), unit: "deg")
        .WithTerms("schema:latitude", "wgs84:lat")
        .WithRule(OfficeRules.CheckLatitude)
        .HasNumber("longitude", o => o.Longitude, (o, value) => o with { Longitude = value }, new("Longitude", "Longitud"),
            new("WGS 84, east positive.", "WGS 84, positiv österut."), unit: "deg")
        .WithTerms("schema:longitude", "wgs84:long")
        .WithRule(OfficeRules.CheckLongitude)
        .HasString("locationPrecision", o => o.LocationPrecision, (o, value) => o with { LocationPrecision = value }, new("Location precision", "Lägets noggrannhet"),
            new("Place that the coordinates refer to.", "Plats som koordinaterna avser."), required: true, codes: Codes.LocationPrecision)
        .WithRule(OfficeRules.CheckLocationPrecision)
        .HasObjectList("services", o => o.Services, (o, value) => o with { Services = value }, ServiceDefinition, new("Services", "Tjänster"),
            new("Agencies whose services the office helps with.", "Myndigheter vars ärenden kontoret hjälper till med."),
            "{agency, levels} objects", service => !service.Levels.Contains(null!))
        .WithRule((validator, field, o) => OfficeRules.CheckServices(validator, field, o.Services))
        .HasBoolean("videoMeetings", o => o.VideoMeetings, (o, value) => o with { VideoMeetings = value }, new("Video meetings", "Videomöten"),
            new("Whether visitors can meet a specialist by video. Null if unknown.", "Om besökare kan träffa en specialist via video. Null om det är okänt."))
        .HasDate("videoMeetingsSince", o => o.VideoMeetingsSince, (o, value) => o with { VideoMeetingsSince = value }, new("Video meetings since", "Videomöten sedan"),
            new("First date with video meetings.", "Första datum med videomöten."))
        .HasObjectList("openingHours", o => o.OpeningHours, (o, value) => o with { OpeningHours = value }, OpeningHoursDefinition, new("Opening hours", "Öppettider"),
            new("Regular opening hours of a week. Empty if they are not available as open data.", "Ordinarie öppettider under en vecka. Tom om de inte finns som öppna data."),
            "{dayOfWeek, opens, closes, byAppointment} objects")
        .WithTerms("schema:openingHoursSpecification")
        .WithRule((validator, field, o) => OpeningHoursRules.CheckWeek(validator, field, o.OpeningHours))
        .HasObjectList("specialHours", o => o.SpecialHours, (o, value) => o with { SpecialHours = value }, SpecialHoursDefinition, new("Special hours", "Avvikande öppettider"),
            new("Exceptions on single dates, both openings and closures.", "Undantag för enskilda datum, både öppet och stängt."),
            "{on, opens, closes, reason} objects")
        .WithTerms("schema:specialOpeningHoursSpecification")
        .WithRule((validator, field, o) => OpeningHoursRules.CheckSpecialHours(validator, field, o.SpecialHours))
        .HasString("phone", o => o.Phone, (o, value) => o with { Phone = value }, new("Phone", "Telefon"), new("Telephone number.", "Telefonnummer."))
        .WithTerms("schema:telephone")
        .WithRule((validator, field, o) => OfficeRules.CheckPhone(validator, field, o.Phone))
        .HasString("email", o => o.Email, (o, value) => o with { Email = value }, new("E-mail", "E-post"), new("E-mail address.", "E-postadress."))
        .WithTerms("schema:email")
        .WithRule((validator, field, o) => OfficeRules.CheckEmail(validator, field, o.Email))
        .HasString("webPage", o => o.WebPage, (o, value) => o with { WebPage = value }, new("Web page", "Webbsida"), new("Web page of the office.", "Kontorets webbsida."))
        .WithTerms("<schema:url>", "<foaf:homepage>")
        .WithRule((validator, field, o) => validator.CheckOptionalUrl(field, o.WebPage))
        .HasStringList("sources", o => o.Sources, (o, value) => o with { Sources = value }, new("Sources", "Källor"),
            new("Public sources of the data.", "Offentliga källor till uppgifterna."))
        .WithTerms("dcterms:source")
        .WithRule((validator, field, o) => validator.CheckItems(field, o.Sources, validator.CheckUrl))
        .HasString("note", o => o.Note, (o, value) => o with { Note = value }, new("Note", "Anmärkning"), new("Remark in English.", "Anmärkning på engelska."))
        .WithTerms("schema:description@en")
        .WithRule((validator, field, o) => validator.CheckOptionalMultiLine(field, o.Note, OfficeRules.MaxNoteLength))
        .HasComputed("modifiedAt", o => o.ModifiedAt, new("Modified", "Ändrad"),
            new("Time of the last publication that changed a value of the office or its events, UTC. A date that is compared with it is midnight in UTC.", "Tidpunkt för den senaste publicering som ändrade något värde för kontoret eller dess händelser, UTC. Ett datum som jämförs med tidpunkten är midnatt UTC."))
        .WithTerms("dcterms:modified");

    /// <summary>The entity type: the columns and the navigation properties.</summary>
    public static TypeMapping<PublishedOffice> Definition { get; } = Columns.Mapping
        .HasKey("id")
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

    /// <summary>Creates the office of a stored row; undefined if the reader found problems.</summary>
    internal static Office Read(string id, StoredRowReader row) => Columns.Read(new Office { Id = id, Name = "", LocationPrecision = "" }, row);
}
