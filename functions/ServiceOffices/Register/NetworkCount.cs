namespace ServiceOffices.Register;

/// <summary>An official total of the network at a date, as its source states it.</summary>
/// <param name="On">The date, or the first day of the period.</param>
/// <param name="Precision">One of <see cref="Codes.Precision"/>.</param>
/// <param name="Offices">The number of offices that the source states.</param>
public sealed record NetworkCount(DateOnly On, string Precision, int Offices, string? Note, string Source);
