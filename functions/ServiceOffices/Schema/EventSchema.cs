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
        .HasProperty("officeId", e => e.OfficeId, new("Office id", "Kontors-id"), new("Identifier of the office that the event concerns.", "Id för kontoret som händelsen gäller."), required: true)
        .HasProperty("number", e => e.Number, new("Number", "Nummer"),
            new("Number of the event within the office. Numbers are never reused and do not follow the order of the dates.", "Händelsens nummer inom kontoret. Numren återanvänds aldrig och följer inte datumordningen."))
        .HasProperty("kind", e => e.Kind, new("Kind", "Typ"), new("Kind of event.", "Typ av händelse."), required: true, allowedValues: AllowedValues.From(Codes.EventKind))
        .HasProperty("on", e => e.On, new("Date", "Datum"),
            new("Date in Swedish local time. If the precision is coarser than a day, the first day of the period.", "Datum i svensk tid. Om noggrannheten är grövre än en dag anges periodens första dag."))
        .WithTerms("schema:startDate")
        .HasProperty("precision", e => e.Precision, new("Precision", "Noggrannhet"), new("Precision of the date.", "Datumets noggrannhet."),
            required: true, allowedValues: AllowedValues.From(Codes.Precision))
        .HasProperty("source", e => e.Source, new("Source", "Källa"), new("Public source.", "Offentlig källa."))
        .WithTerms("dcterms:source")
        .HasProperty("note", e => e.Note, new("Note", "Anmärkning"), new("Remark in English.", "Anmärkning på engelska."))
        .WithTerms("schema:description@en")
        .HasOne("office", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, e => e.OfficeId,
            new("Office", "Kontor"), new("The office that the event concerns.", "Kontoret som händelsen gäller."), partner: "events")
        .WithTerms("schema:location");
}
