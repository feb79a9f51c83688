namespace ServiceOffices.ODataHost;

/// <summary>A synthetic office of the benchmark register, from a seeded generator, the same for every compared program.</summary>
public sealed record BenchmarkOffice(
    int Id,
    string Name,
    string MunicipalityCode,
    string MunicipalityName,
    string CountyCode,
    string Status,
    DateOnly OpenedOn,
    double Latitude,
    double Longitude,
    bool VideoMeeting,
    IReadOnlyList<string> Services,
    BenchmarkAddress Address,
    IReadOnlyList<BenchmarkHours> OpeningHours);

/// <summary>A visiting address.</summary>
public sealed record BenchmarkAddress(string Street, string PostalCode, string City);

/// <summary>The opening hours of one weekday.</summary>
public sealed record BenchmarkHours(string Day, TimeOnly Opens, TimeOnly Closes);
