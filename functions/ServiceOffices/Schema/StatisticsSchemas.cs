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
            new("A date on which some county's number moved: those of the set networksize.", "Ett datum då något läns antal ändrades: de som mängden networksize har."))
        .HasProperty("countyCode", n => n.CountyCode, new("County code", "Länskod"),
            new("SCB's two digits; 'unknown' for offices whose place is not decided.", "SCB:s två siffror; 'unknown' för kontor vars plats inte är bestämd."), required: true)
        .HasProperty("proposed", n => n.Proposed, new("Proposed", "Föreslagna"), new("Offices proposed at the end of the day.", "Föreslagna kontor vid dagens slut."))
        .HasProperty("planned", n => n.Planned, new("Planned", "Planerade"), new("Offices planned at the end of the day.", "Planerade kontor vid dagens slut."))
        .HasProperty("open", n => n.Open, new("Open", "Öppna"), new("Offices known to be open at the end of the day.", "Kontor som man vet är öppna vid dagens slut."))
        .HasProperty("temporarilyClosed", n => n.TemporarilyClosed, new("Temporarily closed", "Tillfälligt stängda"), new("Offices temporarily closed.", "Tillfälligt stängda kontor."))
        .HasProperty("closed", n => n.Closed, new("Closed", "Stängda"), new("Offices closed for good.", "Slutligt stängda kontor."))
        .HasOne("county", CountySchema.SetName, () => CountySchema.Definition.Type, n => n.CountyCode, new("County", "Län"), new("The county.", "Länet."));
}

/// <summary>The columns of the set <c>networksize</c>.</summary>
public static class NetworkSizeSchema
{
    public const string SetName = "networksize";

    public static TypeMapping<NetworkSize> Definition { get; } = new TypeMapping<NetworkSize>(RegisterModel.Namespace, "NetworkSize")
        .HasKey("date")
        .HasProperty("date", n => n.Date, new("Date", "Datum"), new("A date on which some county's number moved.", "Ett datum då något läns antal ändrades."))
        .HasProperty("proposed", n => n.Proposed, new("Proposed", "Föreslagna"), new("Offices proposed at the end of the day.", "Föreslagna kontor vid dagens slut."))
        .HasProperty("planned", n => n.Planned, new("Planned", "Planerade"), new("Offices planned at the end of the day.", "Planerade kontor vid dagens slut."))
        .HasProperty("open", n => n.Open, new("Open", "Öppna"), new("Offices known to be open at the end of the day.", "Kontor som man vet är öppna vid dagens slut."))
        .HasProperty("temporarilyClosed", n => n.TemporarilyClosed, new("Temporarily closed", "Tillfälligt stängda"), new("Offices temporarily closed.", "Tillfälligt stängda kontor."))
        .HasProperty("closed", n => n.Closed, new("Closed", "Stängda"), new("Offices closed for good.", "Slutligt stängda kontor."));
}

/// <summary>The columns of the set <c>officialcounts</c>.</summary>
public static class OfficialCountSchema
{
    public const string SetName = "officialcounts";

    public static TypeMapping<NetworkCount> Definition { get; } = new TypeMapping<NetworkCount>(RegisterModel.Namespace, "OfficialCount")
        .HasKey("date")
        .HasProperty("date", c => c.On, new("Date", "Datum"),
            new("The date of the count; the first day of the period where the precision is coarser than a day.", "Datumet för uppgiften; periodens första dag där noggrannheten är grövre än en dag."))
        .HasProperty("precision", c => c.Precision, new("Precision", "Noggrannhet"), new("How exactly the date is known.", "Hur noga datumet är känt."),
            required: true, allowedValues: AllowedValues.From(Codes.Precision))
        .HasProperty("offices", c => c.Offices, new("Offices", "Kontor"), new("The number of offices that the source states.", "Antalet kontor som källan anger."))
        .HasProperty("note", c => c.Note, new("Note", "Anmärkning"), new("Remark, in English.", "Anmärkning, på engelska."))
        .HasProperty("source", c => c.Source, new("Source", "Källa"), new("Public source, as text or address.", "Offentlig källa, som text eller adress."), required: true);
}
