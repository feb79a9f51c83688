using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Schema;

/// <summary>The definition of the set <c>events</c>. To add a column, add a property to <see cref="LifecycleEvent"/> and a column here.</summary>
public static class EventSchema
{
    public const string SetName = "events";

    /// <summary>The names of the calendars with events, in files and query results.</summary>
    public static CalendarIdentity CalendarIdentity { get; } = new("-//Service Offices Open Data//Export 1.0//EN", "service-offices");

    /// <summary>The columns of an event.</summary>
    internal static EntityColumns<PublishedEvent, LifecycleEvent> Columns { get; } = new EntityColumns<PublishedEvent, LifecycleEvent>(RegisterModel.Namespace, "LifecycleEvent", published => published.Event)
        .WithTerms("schema:Event")
        .HasKeyPart("officeId", e => e.OfficeId, new("Office id", "Kontors-id"), new("Identifier of the office that the event concerns.", "Id för kontoret som händelsen gäller."))
        .HasKeyPart("number", e => e.Number, new("Number", "Nummer"),
            new("Number of the event within the office. Numbers are never reused and do not follow the order of the dates.", "Händelsens nummer inom kontoret. Numren återanvänds aldrig och följer inte datumordningen."))
        .WithRule((validator, field, e) => validator.Require(e.Number >= 1, field, e.Number, "a whole number from 1"))
        .HasComputed("officeName", e => e.Office?.Name, new("Office name", "Kontorets namn"), new("Name of the office.", "Kontorets namn."))
        .WithCollation(SwedishCollation.Collation)
        .HasComputed("municipalityName", e => e.Municipality?.Name, new("Municipality", "Kommun"),
            new("Municipality of the office. Null if the location is not decided.", "Kontorets kommun. Null om platsen inte är bestämd."))
        .WithCollation(SwedishCollation.Collation)
        .HasComputed("countyName", e => e.County?.NameSv, new("County", "Län"),
            new("County of the office, in Swedish. Null if the location is not decided.", "Kontorets län. Null om platsen inte är bestämd."))
        .WithCollation(SwedishCollation.Collation)
        .HasString("kind", e => e.Kind, (e, value) => e with { Kind = value }, new("Kind", "Typ"), new("Kind of event.", "Typ av händelse."), required: true, codes: Codes.EventKind)
        .HasRequiredDate("on", e => e.On, (e, value) => e with { On = value }, new("Date", "Datum"),
            new("Date in Swedish local time. If the precision is coarser than a day, the first day of the period. If the source is undated, the day on which it was read.", "Datum i svensk tid. Om noggrannheten är grövre än en dag anges periodens första dag. Om källan är odaterad anges dagen då den lästes."))
        .WithTerms("schema:startDate")
        .HasString("precision", e => e.Precision, (e, value) => e with { Precision = value }, new("Precision", "Noggrannhet"), new("Precision of the date.", "Datumets noggrannhet."),
            required: true, codes: Codes.Precision)
        .WithRule((validator, _, e) => EventRules.CheckFirstDay(validator, "on", e))
        .HasString("source", e => e.Source, (e, value) => e with { Source = value }, new("Source", "Källa"), new("Public source.", "Offentlig källa."))
        .WithTerms("dcterms:source")
        .WithRule((validator, field, e) => validator.CheckOptionalUrl(field, e.Source))
        .HasString("note", e => e.Note, (e, value) => e with { Note = value }, new("Note", "Anmärkning"), new("Remark in English.", "Anmärkning på engelska."))
        .WithTerms("schema:description@en")
        .WithRule((validator, field, e) => validator.CheckOptionalMultiLine(field, e.Note, OfficeRules.MaxNoteLength));

    /// <summary>The entity type: the columns and the navigation property.</summary>
    public static TypeMapping<PublishedEvent> Definition { get; } = Columns.Mapping
        .HasKey("officeId", "number")
        .AsEvent(new("on", Precision: "precision", Kind: "kind", Location: "office", LocationId: "officeId")
        {
            LocationSet = OfficeSchema.SetName,
            LocationName = "officeName",
            Modified = "modifiedAt",
            Sentences = EventSentences.ByKind,
        })
        .HasOne("office", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, e => e.Event.OfficeId,
            new("Office", "Kontor"), new("The office that the event concerns.", "Kontoret som händelsen gäller."), partner: "events")
        .WithTerms("schema:location");

    /// <summary>Creates the event of a stored row; undefined if the reader found problems.</summary>
    internal static LifecycleEvent Read(string officeId, int number, StoredRowReader row) =>
        Columns.Read(new LifecycleEvent { OfficeId = officeId, Number = number, Kind = "", On = default, Precision = "" }, row);
}
