namespace ServiceOffices.Storage.Rows;

/// <summary>Checks the precondition of a write; the same in both register stores.</summary>
internal static class EntryPrecondition
{
    /// <param name="current">The entry's ETag; null if there is no entry.</param>
    /// <param name="ifMatch">The expected ETag, or <see cref="IRegisterStore.AnyVersion"/>; null if the entry must not exist.</param>
    /// <exception cref="ConflictException">The entry has another ETag.</exception>
    public static void ThrowIfVersionMismatch(string officeId, string? current, string? ifMatch)
    {
        if (ifMatch is null)
        {
            if (current is not null)
            {
                throw new ConflictException($"Office '{officeId}' already exists.");
            }
        }
        else if (current is null)
        {
            throw new ConflictException($"Office '{officeId}' does not exist.");
        }
        else if (ifMatch != IRegisterStore.AnyVersion && ifMatch != current)
        {
            throw CreateConcurrentChangeException(officeId);
        }
    }

    public static ConflictException CreateConcurrentChangeException(string officeId, Exception? inner = null) =>
        new($"Office '{officeId}' was changed by another request.", inner);
}
