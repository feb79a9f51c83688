using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>Why there is a new revision.</summary>
public static class PublicationReason
{
    public const string First = "first";
    public const string Edit = "edit";
    public const string Date = "date";
    public const string Format = "format";

    public static CodeList Codes { get; } = new("publicationReason",
        new(First, "Första publiceringen", "The first publication"),
        new(Edit, "Registret ändrades", "The register was edited"),
        new(Date, "En status ändrades med kalendern", "A status changed with the calendar"),
        new(Format, "Plattformen publicerar fler eller andra filer", "The platform publishes more or other files"));
}
