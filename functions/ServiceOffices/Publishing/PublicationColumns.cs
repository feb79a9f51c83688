using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>The columns of the set <c>publications</c>.</summary>
public static class PublicationColumns
{
    public const string Set = "publications";

    private static readonly RowType<StatusCount> Count = new RowType<StatusCount>(RegisterModel.Namespace, "StatusCount")
        .Value("status", c => c.Status, new("Status", "Status"), new("Null: not known.", "Null: inte känd."), codes: Allowed.By(Codes.Status))
        .Value("offices", c => c.Offices, new("Offices", "Kontor"), new("Offices with that status.", "Kontor med den statusen."));

    public static RowType<PublicationRecord> Rows { get; } = new RowType<PublicationRecord>(RegisterModel.Namespace, "Publication")
        .Key("revision")
        .Value("revision", p => p.Revision, new("Revision", "Revision"), new("1 and up, without gaps.", "1 och uppåt, utan luckor."))
        .Value("at", p => p.At, new("At", "Tidpunkt"), new("When it was made, UTC.", "När den gjordes, UTC."))
        .Value("reason", p => p.Reason, new("Reason", "Orsak"), new("Why there is a new revision.", "Varför det finns en ny revision."), required: true, codes: Allowed.By(PublicationReason.Codes))
        .Parts("counts", p => p.Counts, Count, new("Counts", "Antal"), new("Offices by status.", "Kontor per status."))
        .Value("previousRevision", p => p.PreviousRevision, new("Previous revision", "Föregående revision"), new("Null for the first.", "Null för den första."))
        .Value("previousManifestSha256", p => p.PreviousManifestSha256, new("Previous manifest's SHA-256", "Föregående manifests SHA-256"),
            new("Links history into a chain that shows tampering.", "Länkar historiken i en kedja som avslöjar manipulation."))
        .Value("manifest", p => p.Manifest, new("Manifest", "Manifest"),
            new("Relative URL of the list of its files with their hashes.", "Relativ URL till listan över dess filer med deras kontrollsummor."), required: true)
        .ToMany("changes", ChangeColumns.Set, () => ChangeColumns.Rows.Type, "publicationRecord", new("Changes", "Ändringar"), new("What it changed.", "Vad den ändrade."));
}
