using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

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
