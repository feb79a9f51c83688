namespace ServiceOffices.Register;

/// <summary>A dated exception to the ordinary week: an extra opening, or a closure.</summary>
/// <param name="On">The local date that the exception holds for.</param>
/// <param name="Opens">Local time at which the doors open; null together with <paramref name="Closes"/> where the office is closed all day.</param>
/// <param name="Closes">Local time at which they close; null where closed all day.</param>
/// <param name="Reason">Why, in the register's words; null where not stated.</param>
public sealed record SpecialHours(DateOnly On, TimeOnly? Opens, TimeOnly? Closes, string? Reason);
