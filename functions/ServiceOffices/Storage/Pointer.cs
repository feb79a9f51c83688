namespace ServiceOffices.Storage;

/// <summary>The pointer to the current publication.</summary>
/// <param name="Content">Empty where the reader has it already.</param>
/// <param name="ETag">Opaque; another after every replacement.</param>
public sealed record PublicationPointer(ReadOnlyMemory<byte> Content, string ETag);
