using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>changes</c>.</summary>
public static class ChangeSchema
{
    public const string SetName = "changes";

    private static readonly TypeMapping<PropertyChange> PropertyChangeDefinition = new TypeMapping<PropertyChange>(RegisterModel.Namespace, "PropertyChange")
        .HasProperty("property", p => p.Property, new("Property", "Egenskap"), new("Name of the column, or events.", "Kolumnens namn, eller events."), required: true)
        .HasProperty("oldValue", p => p.OldValue, new("Old value", "Gammalt värde"), new("Text as it is, other values as JSON.", "Text som den är, andra värden som JSON."))
        .HasProperty("newValue", p => p.NewValue, new("New value", "Nytt värde"), new("Text as it is, other values as JSON.", "Text som den är, andra värden som JSON."));

    public static TypeMapping<Change> Definition { get; } = new TypeMapping<Change>(RegisterModel.Namespace, "Change")
        .HasKey("sequence")
        .HasProperty("sequence", c => c.Sequence, new("Sequence", "Löpnummer"), new("1 and up over all of history.", "1 och uppåt över hela historiken."))
        .HasProperty("officeId", c => c.OfficeId, new("Office id", "Kontors-id"), new("The office that changed.", "Kontoret som ändrades."), required: true)
        .HasProperty("officeName", c => c.Name, new("Office name", "Kontorets namn"), new("Its name after the change, or the last it had.", "Dess namn efter ändringen, eller det sista det hade."), required: true)
        .HasProperty("kind", c => c.Kind, new("Kind", "Typ"), new("Kind of change.", "Typ av ändring."), required: true, allowedValues: AllowedValues.From(Codes.ChangeKind))
        .HasComplexCollection("properties", c => c.Properties, PropertyChangeDefinition, new("Properties", "Egenskaper"), new("What changed, with old and new values.", "Vad som ändrades, med gamla och nya värden."))
        .HasProperty("publication", c => c.Publication, new("Publication", "Publicering"), new("The revision that first showed it.", "Revisionen som först visade det."))
        .HasProperty("at", c => c.At, new("At", "Tidpunkt"), new("When that revision was published, UTC.", "När den revisionen publicerades, UTC."))
        .HasOne("office", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, c => c.OfficeId, new("Office", "Kontor"),
            new("The office; none where it was removed.", "Kontoret; inget där det togs bort."), partner: "changes")
        .HasOne("publicationRecord", PublicationSchema.SetName, () => PublicationSchema.Definition.Type, c => c.Publication, new("Publication", "Publicering"),
            new("The publication.", "Publiceringen."), partner: "changes");
}
