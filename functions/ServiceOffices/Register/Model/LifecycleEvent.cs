namespace ServiceOffices.Register.Model;

/// <summary>A dated lifecycle event of an office. Its key is the office's id and <see cref="Number"/>.</summary>
public sealed record LifecycleEvent
{
    public required string OfficeId { get; init; }

    /// <summary>Number from 1, unique within the office and never reused; it does not follow the order of the dates.</summary>
    public required int Number { get; init; }

    /// <summary>One of <see cref="Codes.EventKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The local date (Europe/Stockholm); the first day of the period if <see cref="Precision"/> is coarser than a day; the day on which the source was read if it is undated.</summary>
    public required DateOnly On { get; init; }

    /// <summary>One of <see cref="Codes.Precision"/>.</summary>
    public required string Precision { get; init; }

    /// <summary>Absolute URL of the public source; null if the register itself is the source.</summary>
    public string? Source { get; init; }

    /// <summary>Plain text.</summary>
    public string? Note { get; init; }
}

/// <summary>Converts instants to the local dates of lifecycle events.</summary>
public static class LocalDate
{
    private static readonly TimeZoneInfo Stockholm =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Stockholm", out var zone)
            ? zone
            // With invariant globalization, Windows has only its own names.
            : TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time");

    /// <summary>Gets the date in Europe/Stockholm at an instant.</summary>
    public static DateOnly InStockholm(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Stockholm).DateTime);
}

/// <summary>An office with all of its events: one partition of the register, and the unit of one change.</summary>
/// <param name="Events">Ordered by number.</param>
public sealed record RegisterEntry(Office Office, IReadOnlyList<LifecycleEvent> Events);
