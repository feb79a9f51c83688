namespace ServiceOffices.Register;

/// <summary>One opening of an ordinary week, in Swedish local time.</summary>
/// <param name="DayOfWeek">One of <see cref="Codes.DayOfWeek"/>.</param>
/// <param name="Opens">Local time at which the doors open.</param>
/// <param name="Closes">Local time at which they close; later than <paramref name="Opens"/>.</param>
/// <param name="ByAppointment">True where a visitor must have booked a time.</param>
public sealed record OpeningHours(string DayOfWeek, TimeOnly Opens, TimeOnly Closes, bool ByAppointment);
