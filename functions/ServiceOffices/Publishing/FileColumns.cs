using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

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
