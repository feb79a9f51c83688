namespace ServiceOffices.Storage.Rows;

/// <summary>The one rule by which both register stores decide that somebody else wrote first.</summary>
internal static class EntryPrecondition
{
    /// <param name="current">The entry's ETag; null where there is no entry.</param>
    /// <param name="ifMatch">The ETag asked for, or any; null where there must be no entry.</param>
    /// <exception cref="ConflictException">They do not fit.</exception>
    public static void ThrowIfVersionMismatch(string officeId, string? current, string? ifMatch)
    {
        if (ifMatch is null)
        {
            if (current is not null)
            {
                throw new ConflictException($"The office '{officeId}' exists already.");
            }
        }
        else if (current is null)
        {
            throw new ConflictException($"The office '{officeId}' is gone.");
        }
        else if (ifMatch != IRegisterStore.AnyVersion && ifMatch != current)
        {
            throw CreateConcurrentChangeException(officeId);
        }
    }

    public static ConflictException CreateConcurrentChangeException(string officeId, Exception? inner = null) =>
        new($"The office '{officeId}' was changed by somebody else meanwhile.", inner);
}
