using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>The storage answered, but a file of a publication is missing or its bytes are not those that were published.</summary>
/// <param name="what">The file and its fault, without a full stop.</param>
public sealed class DamagedPublicationException(string what, Exception? inner = null)
    : StorageUnavailableException($"The publication store is damaged: {what}.", inner ?? new InvalidDataException(what))
{
    /// <summary>What the next publication must repair; null if an intact publication may be served.</summary>
    public PublicationDamage? Damage { get; init; }
}

/// <summary>The damage that was found when the current publication was loaded.</summary>
/// <param name="Description">The file and its fault.</param>
/// <param name="PointerETag">The ETag of the damaged pointer; null if it is missing.</param>
/// <param name="NextRevision">
/// The revision to publish, after every revision that may have been public; null if replacing the pointer is enough, because
/// the newest revision is intact.
/// </param>
public sealed record PublicationDamage(string Description, string? PointerETag, long? NextRevision);
