using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>countysizes</c>.</summary>
public static class CountySizeSchema
{
    public const string SetName = "countysizes";

    public static TypeMapping<CountySize> Definition { get; } = new TypeMapping<CountySize>(RegisterModel.Namespace, "CountySize")
        .HasKey("date", "countyCode")
        .HasProperty("date", n => n.Date, new("Date", "Datum"),
            new("Date on which the number changed in any county. The dates are the same as in networksize.", "Datum då antalet ändrades i något län. Datumen är desamma som i networksize."))
        .HasProperty("countyCode", n => n.CountyCode, new("County code", "Länskod"),
            new("County code from Statistics Sweden (SCB), two digits, or 'unknown' for offices whose location is not decided.", "SCB:s länskod, två siffror, eller 'unknown' för kontor vars plats inte är bestämd."), required: true)
        .HasProperty("proposed", n => n.Proposed, new("Proposed", "Föreslagna"), new("Offices proposed at the end of the day.", "Föreslagna kontor vid dagens slut."))
        .HasProperty("planned", n => n.Planned, new("Planned", "Planerade"), new("Offices planned at the end of the day.", "Planerade kontor vid dagens slut."))
        .HasProperty("open", n => n.Open, new("Open", "Öppna"), new("Offices with evidence that they were open at the end of the day. This is not a census: offices that no source names are missing.", "Kontor som enligt någon källa var öppna vid dagens slut. Det är ingen totalräkning: kontor som ingen källa nämner saknas."))
        .HasProperty("temporarilyClosed", n => n.TemporarilyClosed, new("Temporarily closed", "Tillfälligt stängda"), new("Offices temporarily closed at the end of the day.", "Tillfälligt stängda kontor vid dagens slut."))
        .HasProperty("closed", n => n.Closed, new("Closed", "Stängda"), new("Offices permanently closed at the end of the day.", "Permanent stängda kontor vid dagens slut."))
        .HasProperty("unknown", n => n.Unknown, new("Unknown", "Okända"), new("Offices whose status no source states at the end of the day, such as plans that have expired.", "Kontor vars status ingen källa anger vid dagens slut, till exempel planer som har blivit inaktuella."))
        .HasOne("county", CountySchema.SetName, () => CountySchema.Definition.Type, n => n.CountyCode, new("County", "Län"), new("The county.", "Länet."));
}

/// <summary>The columns of the set <c>networksize</c>.</summary>
public static class NetworkSizeSchema
{
    public const string SetName = "networksize";

    public static TypeMapping<NetworkSize> Definition { get; } = new TypeMapping<NetworkSize>(RegisterModel.Namespace, "NetworkSize")
        .HasKey("date")
        .HasProperty("date", n => n.Date, new("Date", "Datum"), new("Date on which the number changed in any county.", "Datum då antalet ändrades i något län."))
        .HasProperty("proposed", n => n.Proposed, new("Proposed", "Föreslagna"), new("Offices proposed at the end of the day.", "Föreslagna kontor vid dagens slut."))
        .HasProperty("planned", n => n.Planned, new("Planned", "Planerade"), new("Offices planned at the end of the day.", "Planerade kontor vid dagens slut."))
        .HasProperty("open", n => n.Open, new("Open", "Öppna"), new("Offices with evidence that they were open at the end of the day. This is not a census: offices that no source names are missing.", "Kontor som enligt någon källa var öppna vid dagens slut. Det är ingen totalräkning: kontor som ingen källa nämner saknas."))
        .HasProperty("temporarilyClosed", n => n.TemporarilyClosed, new("Temporarily closed", "Tillfälligt stängda"), new("Offices temporarily closed at the end of the day.", "Tillfälligt stängda kontor vid dagens slut."))
        .HasProperty("closed", n => n.Closed, new("Closed", "Stängda"), new("Offices permanently closed at the end of the day.", "Permanent stängda kontor vid dagens slut."))
        .HasProperty("unknown", n => n.Unknown, new("Unknown", "Okända"), new("Offices whose status no source states at the end of the day, such as plans that have expired.", "Kontor vars status ingen källa anger vid dagens slut, till exempel planer som har blivit inaktuella."));
}

/// <summary>The columns of the set <c>officialcounts</c>.</summary>
public static class OfficialCountSchema
{
    public const string SetName = "officialcounts";

    public static TypeMapping<NetworkCount> Definition { get; } = new TypeMapping<NetworkCount>(RegisterModel.Namespace, "OfficialCount")
        .HasKey("date")
        .HasProperty("date", c => c.On, new("Date", "Datum"),
            new("Date of the count. If the precision is coarser than a day, the first day of the period.", "Datum för uppgiften. Om noggrannheten är grövre än en dag anges periodens första dag."))
        .HasProperty("precision", c => c.Precision, new("Precision", "Noggrannhet"), new("Precision of the date.", "Datumets noggrannhet."),
            required: true, allowedValues: Codes.Precision.ToAllowedValues())
        .HasProperty("offices", c => c.Offices, new("Offices", "Kontor"), new("Number of offices according to the source.", "Antal kontor enligt källan."))
        .HasProperty("note", c => c.Note, new("Note", "Anmärkning"), new("Remark in English.", "Anmärkning på engelska."))
        .WithTerms("schema:description@en")
        .HasProperty("source", c => c.Source, new("Source", "Källa"), new("Public source, as text or URL.", "Offentlig källa, som text eller webbadress."), required: true);
}
