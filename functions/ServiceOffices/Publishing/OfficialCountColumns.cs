using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

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
