namespace ServiceOffices.Storage;

/// <summary>Somebody else wrote first.</summary>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner);
