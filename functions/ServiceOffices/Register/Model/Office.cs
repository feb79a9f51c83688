namespace ServiceOffices.Register.Model;

/// <summary>
/// A state service office (statligt servicekontor) as editors maintain it. Values that follow from its events (status) or its
/// municipality (county) are computed when the register is published, never stored.
/// </summary>
public sealed record Office
{
    /// <summary>A stable slug of a-z, 0-9 and inner hyphens, 1 to 64 characters; never reused for another office.</summary>
    public required string Id { get; init; }

    /// <summary>Public name of the office.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Codes.Kind"/>; null if no source states it.</summary>
    public string? Kind { get; init; }

    /// <summary>Reason for the proposal of the office, one of <see cref="Codes.Basis"/>; null for offices older than the 2018 inquiry.</summary>
    public string? Basis { get; init; }

    /// <summary>SCB's four digits; null if the location is not decided.</summary>
    public string? MunicipalityCode { get; init; }

    /// <summary>Town or district; null if unknown.</summary>
    public string? Locality { get; init; }

    /// <summary>Vulnerable areas (utsatta områden) named in the proposal; several areas are alternatives.</summary>
    public IReadOnlyList<string> VulnerableAreas { get; init; } = [];

    public Address? Address { get; init; }

    /// <summary>WGS 84 latitude in decimal degrees, -90..90, north positive (RFC 7946, 4); null if unknown.</summary>
    public double? Latitude { get; init; }

    /// <summary>WGS 84 longitude in decimal degrees, -180..180, east positive; null if and only if the latitude is null.</summary>
    public double? Longitude { get; init; }

    /// <summary>Precision of the coordinates, one of <see cref="Codes.LocationPrecision"/>.</summary>
    public required string LocationPrecision { get; init; }

    public IReadOnlyList<OfferedService> Services { get; init; } = [];

    /// <summary>True if visitors can meet a specialist by video; null if unknown.</summary>
    public bool? VideoMeetings { get; init; }

    /// <summary>First date of video meetings; null if unknown.</summary>
    public DateOnly? VideoMeetingsSince { get; init; }

    public IReadOnlyList<OpeningHours> OpeningHours { get; init; } = [];

    public IReadOnlyList<SpecialHours> SpecialHours { get; init; } = [];

    /// <summary>Digits with an optional leading plus; null if not public.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>Absolute http or https URL; null if there is none.</summary>
    public string? WebPage { get; init; }

    /// <summary>Absolute URLs of the public sources of these facts.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Remark of the register, plain text.</summary>
    public string? Note { get; init; }
}

/// <summary>A visiting address in Sweden. Each part is null if it is not public.</summary>
/// <param name="Street">Street name and number.</param>
/// <param name="PostalCode">Five digits without a space; a string, so that leading zeros are kept.</param>
/// <param name="City">The post town (postort).</param>
public sealed record Address(string? Street, string? PostalCode, string? City);

/// <summary>The service that an office offers for one agency.</summary>
/// <param name="Agency">The agency's id, one of <see cref="Codes.Agency"/>.</param>
/// <param name="Levels">The levels of service, each one of <see cref="Codes.Level"/>; empty if unknown.</param>
public sealed record OfferedService(string Agency, IReadOnlyList<string> Levels);

/// <summary>One opening of an ordinary week, in Swedish local time.</summary>
/// <param name="DayOfWeek">One of <see cref="Codes.DayOfWeek"/>.</param>
/// <param name="Opens">Local time at which the doors open.</param>
/// <param name="Closes">Local time at which they close; later than <paramref name="Opens"/>.</param>
/// <param name="ByAppointment">True if an appointment is required.</param>
public sealed record OpeningHours(string DayOfWeek, TimeOnly Opens, TimeOnly Closes, bool ByAppointment = false);

/// <summary>A dated exception to the ordinary week: an extra opening, or a closure.</summary>
/// <param name="On">Local date of the exception.</param>
/// <param name="Opens">Local time at which the doors open; null together with <paramref name="Closes"/> if the office is closed all day.</param>
/// <param name="Closes">Local time at which they close; null if closed all day.</param>
/// <param name="Reason">Reason for the exception; null if not stated.</param>
public sealed record SpecialHours(DateOnly On, TimeOnly? Opens = null, TimeOnly? Closes = null, string? Reason = null);
