using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>events</c>.</summary>
public static class EventSchema
{
    public const string SetName = "events";

    public static TypeMapping<LifecycleEvent> Definition { get; } = new TypeMapping<LifecycleEvent>(RegisterModel.Namespace, "LifecycleEvent")
        .WithTerms("schema:Event")
        .AsEvent(new("on", Precision: "precision", Kind: "kind", Location: "office", LocationId: "officeId"))
        .HasKey("officeId", "number")
        .HasProperty("officeId", e => e.OfficeId, new("Office id", "Kontors-id"), new("The office that it happened to.", "Kontoret som det hände."), required: true)
        .HasProperty("number", e => e.Number, new("Number", "Nummer"),
            new("Number within the office, given once; says nothing of the order in time.", "Nummer inom kontoret, ges en gång; säger inget om ordningen i tid."))
        .HasProperty("kind", e => e.Kind, new("Kind", "Typ"), new("What happened.", "Vad som hände."), required: true, allowedValues: AllowedValues.From(Codes.EventKind))
        .HasProperty("on", e => e.On, new("Date", "Datum"),
            new("Swedish local date; the first day of the period where the precision is coarser than a day.", "Svenskt datum; periodens första dag där noggrannheten är grövre än en dag."))
        .WithTerms("schema:startDate")
        .HasProperty("precision", e => e.Precision, new("Precision", "Noggrannhet"), new("How exactly the date is known.", "Hur noga datumet är känt."),
            required: true, allowedValues: AllowedValues.From(Codes.Precision))
        .HasProperty("source", e => e.Source, new("Source", "Källa"), new("Public source.", "Offentlig källa."))
        .WithTerms("dcterms:source")
        .HasProperty("note", e => e.Note, new("Note", "Anmärkning"), new("Remark, in English.", "Anmärkning, på engelska."))
        .WithTerms("schema:description@en")
        .HasOne("office", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, e => e.OfficeId,
            new("Office", "Kontor"), new("The office that it happened to.", "Kontoret som det hände."), partner: "events")
        .WithTerms("schema:location");
}
