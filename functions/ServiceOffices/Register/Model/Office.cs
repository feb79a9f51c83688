namespace ServiceOffices.Register.Model;

/// <summary>
/// A state service office (statligt servicekontor) as its editors keep it. What follows from its events
/// (status) or its municipality (county) is computed when the register is published, never stored here.
/// </summary>
public sealed record Office
{
    /// <summary>A stable slug of a-z, 0-9 and inner hyphens, 1 to 64 characters; never reused for another office.</summary>
    public required string Id { get; init; }

    /// <summary>The office's name as the public meets it.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Codes.Kind"/>; null where no source says.</summary>
    public string? Kind { get; init; }

    /// <summary>Why the office was proposed, one of <see cref="Codes.Basis"/>; null for offices older than the 2018 inquiry.</summary>
    public string? Basis { get; init; }

    /// <summary>SCB's four digits; null where the place is not decided.</summary>
    public string? MunicipalityCode { get; init; }

    /// <summary>The town or part of town; null where not known.</summary>
    public string? Locality { get; init; }

    /// <summary>The vulnerable areas (utsatta områden) that the proposal named; several are alternatives.</summary>
    public IReadOnlyList<string> VulnerableAreas { get; init; } = [];

    public Address? Address { get; init; }

    /// <summary>WGS 84 latitude in decimal degrees, -90..90, north positive (RFC 7946, 4); null where not known.</summary>
    public double? Latitude { get; init; }

    /// <summary>WGS 84 longitude in decimal degrees, -180..180, east positive; null exactly where the latitude is.</summary>
    public double? Longitude { get; init; }

    /// <summary>What the coordinates point at, one of <see cref="Codes.LocationPrecision"/>.</summary>
    public required string LocationPrecision { get; init; }

    public IReadOnlyList<OfferedService> Services { get; init; } = [];

    /// <summary>Whether visitors can meet a specialist by video; null where not known.</summary>
    public bool? VideoMeetings { get; init; }

    /// <summary>First date of video meetings; null where not known.</summary>
    public DateOnly? VideoMeetingsSince { get; init; }

    public IReadOnlyList<OpeningHours> OpeningHours { get; init; } = [];

    public IReadOnlyList<SpecialHours> SpecialHours { get; init; } = [];

    /// <summary>Digits with an optional leading plus; null where not public.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>Absolute http or https URL; null where there is none.</summary>
    public string? WebPage { get; init; }

    /// <summary>Absolute URLs of the public sources of these facts.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The register's remark, plain text.</summary>
    public string? Note { get; init; }
}

/// <summary>A visiting address in Sweden. Each part is null where it is not public.</summary>
/// <param name="Street">Street name and number.</param>
/// <param name="PostalCode">Five digits without a space; a string, so that nothing is lost.</param>
/// <param name="City">The post town (postort).</param>
public sealed record Address(string? Street, string? PostalCode, string? City);

/// <summary>What one agency's errands an office helps with.</summary>
/// <param name="Agency">The agency's id, one of <see cref="Codes.Agency"/>.</param>
/// <param name="Levels">The levels of service, each one of <see cref="Codes.Level"/>; empty where not known.</param>
public sealed record OfferedService(string Agency, IReadOnlyList<string> Levels);

/// <summary>One opening of an ordinary week, in Swedish local time.</summary>
/// <param name="DayOfWeek">One of <see cref="Codes.DayOfWeek"/>.</param>
/// <param name="Opens">Local time at which the doors open.</param>
/// <param name="Closes">Local time at which they close; later than <paramref name="Opens"/>.</param>
/// <param name="ByAppointment">True where a visitor must have booked a time.</param>
public sealed record OpeningHours(string DayOfWeek, TimeOnly Opens, TimeOnly Closes, bool ByAppointment);

/// <summary>A dated exception to the ordinary week: an extra opening, or a closure.</summary>
/// <param name="On">The local date that the exception holds for.</param>
/// <param name="Opens">Local time at which the doors open; null together with <paramref name="Closes"/> where the office is closed all day.</param>
/// <param name="Closes">Local time at which they close; null where closed all day.</param>
/// <param name="Reason">Why, in the register's words; null where not stated.</param>
public sealed record SpecialHours(DateOnly On, TimeOnly? Opens, TimeOnly? Closes, string? Reason);
