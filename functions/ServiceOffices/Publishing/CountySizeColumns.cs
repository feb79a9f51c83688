using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>countysizes</c>.</summary>
public static class CountySizeColumns
{
    public const string Set = "countysizes";

    public static RowType<CountySize> Rows { get; } = new RowType<CountySize>(RegisterModel.Namespace, "CountySize")
        .Key("date", "countyCode")
        .Value("date", n => n.Date, new("Date", "Datum"),
            new("A date on which some county's number moved: those of the set networksize.", "Ett datum då något läns antal ändrades: de som mängden networksize har."))
        .Value("countyCode", n => n.CountyCode, new("County code", "Länskod"),
            new("SCB's two digits; 'unknown' for offices whose place is not decided.", "SCB:s två siffror; 'unknown' för kontor vars plats inte är bestämd."), required: true)
        .Value("proposed", n => n.Proposed, new("Proposed", "Föreslagna"), new("Offices proposed at the end of the day.", "Föreslagna kontor vid dagens slut."))
        .Value("planned", n => n.Planned, new("Planned", "Planerade"), new("Offices planned at the end of the day.", "Planerade kontor vid dagens slut."))
        .Value("open", n => n.Open, new("Open", "Öppna"), new("Offices known to be open at the end of the day.", "Kontor som man vet är öppna vid dagens slut."))
        .Value("temporarilyClosed", n => n.TemporarilyClosed, new("Temporarily closed", "Tillfälligt stängda"), new("Offices temporarily closed.", "Tillfälligt stängda kontor."))
        .Value("closed", n => n.Closed, new("Closed", "Stängda"), new("Offices closed for good.", "Slutligt stängda kontor."))
        .ToOne("county", CountyColumns.Set, () => CountyColumns.Rows.Type, n => n.CountyCode, new("County", "Län"), new("The county.", "Länet."));
}
