using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>closings</c>.</summary>
public static class ClosingSchema
{
    public const string SetName = "closings";

    public static TypeMapping<Closing> Definition { get; } = new TypeMapping<Closing>(RegisterModel.Namespace, "Closing")
        .HasKey("officeId")
        .HasProperty("officeId", c => c.Office.Office.Id, new("Office id", "Kontors-id"), new("Identifier of the office.", "Kontorets id."), required: true)
        .HasProperty("officeName", c => c.Office.Office.Name, new("Office name", "Kontorets namn"), new("Name of the office.", "Kontorets namn."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("municipalityName", c => c.Municipality?.Name, new("Municipality", "Kommun"), new("Municipality of the office.", "Kontorets kommun."))
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("countyName", c => c.County?.NameSv, new("County", "Län"), new("County of the office, in Swedish.", "Kontorets län."))
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("status", c => c.Office.Status, new("Status", "Status"), new("Status of the office on the day of publication.", "Kontorets status på publiceringsdagen."),
            allowedValues: Codes.Status.ToAllowedValues())
        .HasProperty("lastDayOfService", c => c.LastDayOfService, new("Last day of service", "Sista dag för besök"),
            new("Last day on which the office received visitors. Null if the closing is not dated to the day, or only announced.", "Sista dagen som kontoret tog emot besökare. Null om stängningen inte är daterad till dag eller bara är aviserad."))
        .HasProperty("closedOn", c => c.Closed?.On, new("Closed", "Stängt"),
            new("First day without service. If the precision is coarser than a day, the first day of the period. Null if the closing is only announced.", "Första dagen utan service. Om noggrannheten är grövre än en dag anges periodens första dag. Null om stängningen bara är aviserad."))
        .HasProperty("precision", c => c.Closed?.Precision, new("Precision", "Noggrannhet"), new("Precision of the date of closing.", "Noggrannheten för stängningsdatumet."),
            allowedValues: Codes.Precision.ToAllowedValues())
        .HasProperty("decidedOn", c => c.Announced?.On, new("Announced", "Aviserat"),
            new("Date of the decision or announcement. Null if no source states it.", "Datum för beslutet eller aviseringen. Null om ingen källa anger det."))
        .HasProperty("decisionPrecision", c => c.Announced?.Precision, new("Precision of the announcement", "Aviseringens noggrannhet"), new("Precision of the date of the announcement.", "Noggrannheten för aviseringens datum."),
            allowedValues: Codes.Precision.ToAllowedValues())
        .HasProperty("source", c => (c.Closed ?? c.Announced)!.Source, new("Source", "Källa"), new("Public source of the closing, or of the announcement.", "Offentlig källa till stängningen, eller till aviseringen."))
        .HasProperty("decisionSource", c => c.Announced?.Source, new("Source of the announcement", "Källa till aviseringen"), new("Public source of the announcement.", "Offentlig källa till aviseringen."))
        .HasProperty("nearestOpenOfficeId", c => c.Nearest?.Office.Id, new("Nearest open office", "Närmaste öppna kontor"), new("Identifier of the nearest open office in the register.", "Id för närmaste öppna kontor i registret."))
        .HasProperty("nearestOpenOfficeName", c => c.Nearest?.Office.Name, new("Name of the nearest open office", "Närmaste öppna kontors namn"), new("Name of the nearest open office in the register.", "Namn på närmaste öppna kontor i registret."))
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("distanceKm", c => c.DistanceKm, new("Distance", "Avstånd"),
            new("Distance along the ellipsoid to that office. An upper bound: the register does not contain all offices, and known positions are often main towns.",
                "Avstånd längs ellipsoiden till det kontoret. Avståndet är som mest detta: registret innehåller inte alla kontor, och kända lägen är ofta centralorter."), unit: "km")
        .HasProperty("note", c => (c.Closed ?? c.Announced)!.Note, new("Note", "Anmärkning"), new("Remark in English.", "Anmärkning på engelska."))
        .WithTerms("schema:description@en")
        .HasOne("office", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, c => c.Office.Office.Id, new("Office", "Kontor"), new("The office.", "Kontoret."))
        .HasOne("nearestOpenOffice", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, c => c.Nearest?.Office.Id,
            new("Nearest open office", "Närmaste öppna kontor"), new("The nearest open office.", "Närmaste öppna kontor."));
}

/// <summary>The columns of the set <c>coverage</c>.</summary>
public static class CoverageSchema
{
    public const string SetName = "coverage";

    public static TypeMapping<Coverage> Definition { get; } = new TypeMapping<Coverage>(RegisterModel.Namespace, "Coverage")
        .HasKey("countyCode")
        .HasProperty("countyCode", c => c.CountyCode, new("County code", "Länskod"), new("County code from Statistics Sweden (SCB), two digits; 00 is the whole country.", "SCB:s länskod, två siffror; 00 är hela riket."), required: true)
        .HasProperty("nameSv", c => c.NameSv, new("Name in Swedish", "Namn på svenska"), new("Name in Swedish.", "Namn på svenska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("nameEn", c => c.NameEn, new("Name in English", "Namn på engelska"), new("Name in English.", "Namn på engelska."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("offices", c => c.Offices, new("Offices", "Kontor"), new("Offices in the register, whatever their status.", "Kontor i registret, oavsett status."))
        .HasProperty("open", c => c.Open, new("Open", "Öppna"), new("Offices that are open on the day of publication according to a source.", "Kontor som enligt någon källa är öppna på publiceringsdagen."))
        .HasProperty("officialOffices", c => c.Official?.Offices, new("Official number", "Officiellt antal"),
            new("Latest official number of open offices. Null for a county: no source states the number by county.", "Senaste officiella antalet öppna kontor. Null för ett län: ingen källa anger antalet per län."))
        .HasProperty("officialOn", c => c.Official?.On, new("Date of the official number", "Datum för det officiella antalet"), new("Date of the official number.", "Datum för det officiella antalet."))
        .HasProperty("officialSource", c => c.Official?.Source, new("Source of the official number", "Källa till det officiella antalet"), new("Public source of the official number.", "Offentlig källa till det officiella antalet."))
        .HasProperty("openOnOfficialDate", c => c.OpenOnOfficialDate, new("Open on that date", "Öppna det datumet"),
            new("Offices in the register that were open on the date of the official number according to a source.", "Kontor i registret som enligt någon källa var öppna på datumet för det officiella antalet."))
        .HasProperty("percent", c => c.Percent, new("Share", "Andel"), new("Share of the official number that the register contains.", "Andel av det officiella antalet som registret innehåller."), unit: "%");
}
