using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

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
