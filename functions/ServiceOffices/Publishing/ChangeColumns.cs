using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>changes</c>.</summary>
public static class ChangeColumns
{
    public const string Set = "changes";

    private static readonly RowType<PropertyChange> Property = new RowType<PropertyChange>(RegisterModel.Namespace, "PropertyChange")
        .Value("property", p => p.Property, new("Property", "Egenskap"), new("Name of the column, or events.", "Kolumnens namn, eller events."), required: true)
        .Value("oldValue", p => p.OldValue, new("Old value", "Gammalt värde"), new("Text as it is, other values as JSON.", "Text som den är, andra värden som JSON."))
        .Value("newValue", p => p.NewValue, new("New value", "Nytt värde"), new("Text as it is, other values as JSON.", "Text som den är, andra värden som JSON."));

    public static RowType<Change> Rows { get; } = new RowType<Change>(RegisterModel.Namespace, "Change")
        .Key("sequence")
        .Value("sequence", c => c.Sequence, new("Sequence", "Löpnummer"), new("1 and up over all of history.", "1 och uppåt över hela historiken."))
        .Value("officeId", c => c.OfficeId, new("Office id", "Kontors-id"), new("The office that changed.", "Kontoret som ändrades."), required: true)
        .Value("officeName", c => c.Name, new("Office name", "Kontorets namn"), new("Its name after the change, or the last it had.", "Dess namn efter ändringen, eller det sista det hade."), required: true)
        .Value("kind", c => c.Kind, new("Kind", "Typ"), new("Kind of change.", "Typ av ändring."), required: true, codes: Allowed.By(Codes.ChangeKind))
        .Parts("properties", c => c.Properties, Property, new("Properties", "Egenskaper"), new("What changed, with old and new values.", "Vad som ändrades, med gamla och nya värden."))
        .Value("publication", c => c.Publication, new("Publication", "Publicering"), new("The revision that first showed it.", "Revisionen som först visade det."))
        .Value("at", c => c.At, new("At", "Tidpunkt"), new("When that revision was published, UTC.", "När den revisionen publicerades, UTC."))
        .ToOne("office", OfficeColumns.Set, () => OfficeColumns.Rows.Type, c => c.OfficeId, new("Office", "Kontor"),
            new("The office; none where it was removed.", "Kontoret; inget där det togs bort."), partner: "changes")
        .ToOne("publicationRecord", PublicationColumns.Set, () => PublicationColumns.Rows.Type, c => c.Publication, new("Publication", "Publicering"),
            new("The publication.", "Publiceringen."), partner: "changes");
}
