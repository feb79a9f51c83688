namespace ServiceOffices.Publishing;

/// <summary>Another file of the publication store, and what its bytes must hash to.</summary>
/// <param name="Path">From the store's root.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record FileLink(string Path, string Sha256);
