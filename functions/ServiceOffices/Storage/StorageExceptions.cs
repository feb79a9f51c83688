namespace ServiceOffices.Storage;

/// <summary>
/// An office exists, but one of its rows cannot be read. Overwriting it with <see cref="IRegisterStore.AnyVersion"/> repairs it.
/// </summary>
public sealed class UnreadableEntryException(string officeId, IReadOnlyList<RejectedRow> rejected)
    : Exception($"Office '{officeId}' cannot be read: {Describe(rejected)}")
{
    /// <summary>The unreadable rows with their problems.</summary>
    public IReadOnlyList<RejectedRow> Rejected { get; } = rejected;

    private static string Describe(IReadOnlyList<RejectedRow> rejected) => string.Join(' ', rejected.SelectMany(row =>
        row.Problems.Select(problem => row.EventNumber is null ? $"{problem}" : $"Event {row.EventNumber}: {problem}")));
}

/// <summary>Another process or editor wrote first.</summary>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The storage does not answer, or denies access; a later attempt may succeed.</summary>
public class StorageUnavailableException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>True if the storage may have applied the change, or may still apply it: its response was lost, and the outcome could not be read.</summary>
    public bool IsOutcomeUnknown { get; init; }
}
