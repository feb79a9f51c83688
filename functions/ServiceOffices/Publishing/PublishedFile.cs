namespace ServiceOffices.Publishing;

/// <summary>A file of a publication: written once, the same for ever.</summary>
/// <param name="Name">Such as <c>offices.csv</c>; unique within the publication.</param>
/// <param name="Dataset">The entity set that it holds.</param>
/// <param name="Bytes">Size of the file itself, uncompressed.</param>
/// <param name="Rows">Records in it.</param>
/// <param name="Sha256">Of the file itself, 64 lower-case hexadecimal digits.</param>
/// <param name="Encodings">The content codings in which it is stored too (<c>gzip</c>, <c>br</c>, <c>zstd</c>), each beside it at its path with <c>.gz</c>, <c>.br</c> or <c>.zst</c> added.</param>
/// <param name="Revision">The revision that first had these bytes: a publication carries on what it does not change.</param>
/// <param name="Url">Where it can be fetched for ever, relative to the platform's root: <c>/downloads/12/offices.csv</c>.</param>
/// <param name="Path">Where it stands in the publication store.</param>
public sealed record PublishedFile(
    string Name,
    string Dataset,
    string MediaType,
    long Bytes,
    long Rows,
    string Sha256,
    IReadOnlyList<string> Encodings,
    long Revision,
    string Url,
    string Path);
