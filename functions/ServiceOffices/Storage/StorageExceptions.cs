namespace ServiceOffices.Storage;

/// <summary>
/// An office is there and cannot be read whole. Writing it anew with <see cref="IRegisterStore.AnyVersion"/> repairs it.
/// </summary>
public sealed class UnreadableEntryException(string officeId, IReadOnlyList<RejectedRow> rejected)
    : Exception($"The office '{officeId}' cannot be read whole: {Describe(rejected)}")
{
    /// <summary>Each broken row with everything that is wrong with it.</summary>
    public IReadOnlyList<RejectedRow> Rejected { get; } = rejected;

    private static string Describe(IReadOnlyList<RejectedRow> rejected) => string.Join(' ', rejected.SelectMany(row =>
        row.Problems.Select(problem => row.EventNumber is null ? $"{problem}" : $"Event {row.EventNumber}: {problem}")));
}

/// <summary>Somebody else wrote first.</summary>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The storage does not answer, or refuses us; trying again later may help.</summary>
public sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);
