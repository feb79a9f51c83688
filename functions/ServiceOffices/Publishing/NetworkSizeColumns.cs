using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>networksize</c>.</summary>
public static class NetworkSizeColumns
{
    public const string Set = "networksize";

    public static RowType<NetworkSize> Rows { get; } = new RowType<NetworkSize>(RegisterModel.Namespace, "NetworkSize")
        .Key("date")
        .Value("date", n => n.Date, new("Date", "Datum"), new("A date on which some county's number moved.", "Ett datum då något läns antal ändrades."))
        .Value("proposed", n => n.Proposed, new("Proposed", "Föreslagna"), new("Offices proposed at the end of the day.", "Föreslagna kontor vid dagens slut."))
        .Value("planned", n => n.Planned, new("Planned", "Planerade"), new("Offices planned at the end of the day.", "Planerade kontor vid dagens slut."))
        .Value("open", n => n.Open, new("Open", "Öppna"), new("Offices known to be open at the end of the day.", "Kontor som man vet är öppna vid dagens slut."))
        .Value("temporarilyClosed", n => n.TemporarilyClosed, new("Temporarily closed", "Tillfälligt stängda"), new("Offices temporarily closed.", "Tillfälligt stängda kontor."))
        .Value("closed", n => n.Closed, new("Closed", "Stängda"), new("Offices closed for good.", "Slutligt stängda kontor."));
}
