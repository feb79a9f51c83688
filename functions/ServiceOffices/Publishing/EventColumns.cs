using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>events</c>.</summary>
public static class EventColumns
{
    public const string Set = "events";

    public static RowType<LifecycleEvent> Rows { get; } = new RowType<LifecycleEvent>(RegisterModel.Namespace, "LifecycleEvent")
        .Means("schema:Event")
        .Happens(new("on", Precision: "precision", Kind: "kind", Place: "office", PlaceId: "officeId"))
        .Key("officeId", "number")
        .Value("officeId", e => e.OfficeId, new("Office id", "Kontors-id"), new("The office that it happened to.", "Kontoret som det hände."), required: true)
        .Value("number", e => e.Number, new("Number", "Nummer"),
            new("Number within the office, given once; says nothing of the order in time.", "Nummer inom kontoret, ges en gång; säger inget om ordningen i tid."))
        .Value("kind", e => e.Kind, new("Kind", "Typ"), new("What happened.", "Vad som hände."), required: true, codes: Allowed.By(Codes.EventKind))
        .Value("on", e => e.On, new("Date", "Datum"),
            new("Swedish local date; the first day of the period where the precision is coarser than a day.", "Svenskt datum; periodens första dag där noggrannheten är grövre än en dag."))
        .Means("schema:startDate")
        .Value("precision", e => e.Precision, new("Precision", "Noggrannhet"), new("How exactly the date is known.", "Hur noga datumet är känt."),
            required: true, codes: Allowed.By(Codes.Precision))
        .Value("source", e => e.Source, new("Source", "Källa"), new("Public source.", "Offentlig källa."))
        .Means("dcterms:source")
        .Value("note", e => e.Note, new("Note", "Anmärkning"), new("Remark, in English.", "Anmärkning, på engelska."))
        .Means("schema:description@en")
        .ToOne("office", OfficeColumns.Set, () => OfficeColumns.Rows.Type, e => e.OfficeId,
            new("Office", "Kontor"), new("The office that it happened to.", "Kontoret som det hände."), partner: "events")
        .Means("schema:location");
}
