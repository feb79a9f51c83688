using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

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

/// <summary>The columns of the set <c>files</c>: what can be downloaded of one revision. The list of another stands in its manifest.</summary>
public static class FileSchema
{
    public const string SetName = "files";

    public static TypeMapping<PublishedFile> Definition { get; } = new TypeMapping<PublishedFile>(RegisterModel.Namespace, "PublishedFile")
        .HasKey("name")
        .HasProperty("name", f => f.Name, new("Name", "Namn"), new("File name.", "Filnamn."), required: true)
        .HasProperty("dataset", f => f.Dataset, new("Dataset", "Datamängd"), new("The entity set that it holds.", "Entitetsmängden som den innehåller."), required: true)
        .HasProperty("mediaType", f => f.MediaType, new("Media type", "Mediatyp"), new("IANA media type.", "IANA-mediatyp."), required: true)
        .HasProperty("bytes", f => f.Bytes, new("Size", "Storlek"), new("Uncompressed.", "Okomprimerad."), unit: "By")
        .HasProperty("rows", f => f.Rows, new("Rows", "Rader"), new("Records in it.", "Poster i den."))
        .HasProperty("sha256", f => f.Sha256, new("SHA-256", "SHA-256"), new("Of the uncompressed file, hexadecimal.", "För den okomprimerade filen, hexadecimalt."), required: true)
        .HasProperty("revision", f => f.Revision, new("Revision", "Revision"), new("The revision that first had these bytes.", "Revisionen som först hade dessa bytes."))
        .HasProperty("url", f => f.Url, new("URL", "URL"), new("Relative to the platform's root; the same bytes for ever.", "Relativt plattformens rot; samma bytes för alltid."), required: true);
}

/// <summary>The columns of the set <c>publications</c>.</summary>
public static class PublicationSchema
{
    public const string SetName = "publications";

    private static readonly TypeMapping<StatusCount> StatusCountDefinition = new TypeMapping<StatusCount>(RegisterModel.Namespace, "StatusCount")
        .HasProperty("status", c => c.Status, new("Status", "Status"), new("Null: not known.", "Null: inte känd."), allowedValues: AllowedValues.From(Codes.Status))
        .HasProperty("offices", c => c.Offices, new("Offices", "Kontor"), new("Offices with that status.", "Kontor med den statusen."));

    public static TypeMapping<PublicationRecord> Definition { get; } = new TypeMapping<PublicationRecord>(RegisterModel.Namespace, "Publication")
        .HasKey("revision")
        .HasProperty("revision", p => p.Revision, new("Revision", "Revision"), new("1 and up, without gaps.", "1 och uppåt, utan luckor."))
        .HasProperty("at", p => p.At, new("At", "Tidpunkt"), new("When it was made, UTC.", "När den gjordes, UTC."))
        .HasProperty("reason", p => p.Reason, new("Reason", "Orsak"), new("Why there is a new revision.", "Varför det finns en ny revision."), required: true, allowedValues: AllowedValues.From(PublicationReason.Codes))
        .HasComplexCollection("counts", p => p.Counts, StatusCountDefinition, new("Counts", "Antal"), new("Offices by status.", "Kontor per status."))
        .HasProperty("previousRevision", p => p.PreviousRevision, new("Previous revision", "Föregående revision"), new("Null for the first.", "Null för den första."))
        .HasProperty("previousManifestSha256", p => p.PreviousManifestSha256, new("Previous manifest's SHA-256", "Föregående manifests SHA-256"),
            new("Links history into a chain that shows tampering.", "Länkar historiken i en kedja som avslöjar manipulation."))
        .HasProperty("manifest", p => p.Manifest, new("Manifest", "Manifest"),
            new("Relative URL of the list of its files with their hashes.", "Relativ URL till listan över dess filer med deras kontrollsummor."), required: true)
        .HasMany("changes", ChangeSchema.SetName, () => ChangeSchema.Definition.Type, "publicationRecord", new("Changes", "Ändringar"), new("What it changed.", "Vad den ändrade."));
}
