using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

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
