using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Schema;

/// <summary>The columns of the set <c>changes</c>.</summary>
public static class ChangeSchema
{
    public const string SetName = "changes";

    private static readonly TypeMapping<PropertyChange> PropertyChangeDefinition = new TypeMapping<PropertyChange>(RegisterModel.Namespace, "PropertyChange")
        .HasProperty("property", p => p.Property, new("Property", "Egenskap"), new("Name of the column, or 'events'.", "Kolumnens namn, eller 'events'."), required: true)
        .HasProperty("oldValue", p => p.OldValue, new("Old value", "Gammalt värde"), new("Strings unchanged, other values as JSON.", "Strängar oförändrade, andra värden som JSON."))
        .HasProperty("newValue", p => p.NewValue, new("New value", "Nytt värde"), new("Strings unchanged, other values as JSON.", "Strängar oförändrade, andra värden som JSON."));

    public static TypeMapping<Change> Definition { get; } = new TypeMapping<Change>(RegisterModel.Namespace, "Change")
        .HasKey("sequence")
        .HasProperty("sequence", c => c.Sequence, new("Sequence", "Löpnummer"), new("Sequence number over the whole history, starting at 1.", "Löpnummer över hela historiken, med början på 1."))
        .HasProperty("officeId", c => c.OfficeId, new("Office id", "Kontors-id"), new("Identifier of the changed office.", "Id för kontoret som ändrades."), required: true)
        .HasProperty("officeName", c => c.Name, new("Office name", "Kontorets namn"), new("Name of the office after the change, or its last name if it was removed.", "Kontorets namn efter ändringen, eller dess sista namn om det togs bort."), required: true)
        .WithCollation(SwedishCollation.Collation)
        .HasProperty("kind", c => c.Kind, new("Kind", "Typ"), new("Kind of change.", "Typ av ändring."), required: true, allowedValues: Codes.ChangeKind.ToAllowedValues())
        .HasComplexCollection("properties", c => c.Properties, PropertyChangeDefinition, new("Properties", "Egenskaper"), new("Changed properties with their old and new values.", "Ändrade egenskaper med gamla och nya värden."))
        .HasProperty("publication", c => c.Publication, new("Publication", "Publicering"), new("First revision that contained the change.", "Den första revisionen med ändringen."))
        .HasProperty("at", c => c.At, new("At", "Tidpunkt"), new("Time when that revision was published, UTC.", "Tidpunkt då den revisionen publicerades, UTC."))
        .HasOne("office", OfficeSchema.SetName, () => OfficeSchema.Definition.Type, c => c.OfficeId, new("Office", "Kontor"),
            new("The office. Null if it has been removed.", "Kontoret. Null om det har tagits bort."), partner: "changes")
        .HasOne("publicationRecord", PublicationSchema.SetName, () => PublicationSchema.Definition.Type, c => c.Publication, new("Publication", "Publicering"),
            new("The publication.", "Publiceringen."), partner: "changes");
}

/// <summary>The definition of the set <c>files</c>: the files of the current revision. The manifest of another revision lists its files.</summary>
public static class FileSchema
{
    public const string SetName = "files";

    public static TypeMapping<PublishedFile> Definition { get; } = new TypeMapping<PublishedFile>(RegisterModel.Namespace, "PublishedFile")
        .HasKey("name")
        .HasProperty("name", f => f.Name, new("Name", "Namn"), new("File name.", "Filnamn."), required: true)
        .HasProperty("dataset", f => f.Dataset, new("Dataset", "Datamängd"), new("Entity set that the file contains.", "Entitetsmängden som filen innehåller."), required: true)
        .HasProperty("mediaType", f => f.MediaType, new("Media type", "Mediatyp"), new("IANA media type.", "IANA-mediatyp."), required: true)
        .HasProperty("bytes", f => f.Bytes, new("Size", "Storlek"), new("Uncompressed size.", "Okomprimerad storlek."), unit: "By")
        .HasProperty("rows", f => f.Rows, new("Rows", "Rader"), new("Number of records.", "Antal poster."))
        .HasProperty("sha256", f => f.Sha256, new("SHA-256", "SHA-256"), new("Checksum of the uncompressed file, hexadecimal.", "Kontrollsumma för den okomprimerade filen, hexadecimalt."), required: true)
        .HasProperty("revision", f => f.Revision, new("Revision", "Revision"), new("First revision with exactly this file content.", "Den första revisionen med exakt det här filinnehållet."))
        .HasProperty("url", f => f.Url, new("URL", "URL"), new("URL relative to the root of the platform. The content never changes.", "URL relativt plattformens rot. Innehållet ändras aldrig."), required: true);
}

/// <summary>The columns of the set <c>publications</c>.</summary>
public static class PublicationSchema
{
    public const string SetName = "publications";

    private static readonly TypeMapping<StatusCount> StatusCountDefinition = new TypeMapping<StatusCount>(RegisterModel.Namespace, "StatusCount")
        .HasProperty("status", c => c.Status, new("Status", "Status"), new("Status. Null if unknown.", "Status. Null om den är okänd."), allowedValues: Codes.Status.ToAllowedValues())
        .HasProperty("offices", c => c.Offices, new("Offices", "Kontor"), new("Number of offices with the status.", "Antal kontor med statusen."));

    public static TypeMapping<PublicationRecord> Definition { get; } = new TypeMapping<PublicationRecord>(RegisterModel.Namespace, "Publication")
        .HasKey("revision")
        .HasProperty("revision", p => p.Revision, new("Revision", "Revision"), new("Revision number, starting at 1, without gaps.", "Revisionsnummer med början på 1, utan luckor."))
        .HasProperty("at", p => p.At, new("At", "Tidpunkt"), new("Time of publication, UTC.", "Tidpunkt för publiceringen, UTC."))
        .HasProperty("reason", p => p.Reason, new("Reason", "Orsak"), new("Reason for the new revision.", "Orsak till den nya revisionen."), required: true, allowedValues: PublicationReason.Codes.ToAllowedValues())
        .HasComplexCollection("counts", p => p.Counts, StatusCountDefinition, new("Counts", "Antal"), new("Number of offices by status.", "Antal kontor per status."))
        .HasProperty("previousRevision", p => p.PreviousRevision, new("Previous revision", "Föregående revision"), new("Previous revision. Null for the first revision.", "Föregående revision. Null för den första revisionen."))
        .HasProperty("previousManifestSha256", p => p.PreviousManifestSha256, new("Previous manifest's SHA-256", "Föregående manifests SHA-256"),
            new("Checksum of the previous manifest. Links the revisions into a hash chain that reveals tampering.", "Kontrollsumma för föregående manifest. Länkar revisionerna till en hashkedja som avslöjar manipulation."))
        .HasProperty("manifest", p => p.Manifest, new("Manifest", "Manifest"),
            new("Relative URL of the manifest, which lists the files with their checksums.", "Relativ URL till manifestet, som listar filerna med kontrollsummor."), required: true)
        .HasMany("changes", ChangeSchema.SetName, () => ChangeSchema.Definition.Type, "publicationRecord", new("Changes", "Ändringar"), new("Changes made by the publication.", "Ändringar i publiceringen."));
}
