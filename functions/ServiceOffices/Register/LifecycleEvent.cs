namespace ServiceOffices.Register;

/// <summary>One dated event in an office's life. Its key is the office's id with <see cref="Number"/>.</summary>
public sealed record LifecycleEvent
{
    public required string OfficeId { get; init; }

    /// <summary>1 and up, given once within the office and never reused; says nothing of the order in time.</summary>
    public required int Number { get; init; }

    /// <summary>One of <see cref="Codes.EventKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The local date (Europe/Stockholm); the first day of the period where <see cref="Precision"/> is coarser than a day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>One of <see cref="Codes.Precision"/>.</summary>
    public required string Precision { get; init; }

    /// <summary>Absolute URL of the public source; null where the register itself is the source.</summary>
    public string? Source { get; init; }

    /// <summary>Plain text.</summary>
    public string? Note { get; init; }
}
