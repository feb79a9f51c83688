namespace ServiceOffices.Storage;

/// <summary>The storage does not answer, or refuses us; trying again later may help.</summary>
public sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);
