namespace ServiceOffices.Publishing;

/// <summary>The calendar that an office's life is dated in.</summary>
public static class LocalDate
{
    private static readonly TimeZoneInfo Stockholm =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Stockholm", out var zone)
            ? zone
            // Windows knows its own names only where globalization is invariant.
            : TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time");

    /// <summary>The date in Europe/Stockholm at an instant.</summary>
    public static DateOnly InStockholm(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Stockholm).DateTime);
}
