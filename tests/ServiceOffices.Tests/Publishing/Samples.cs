using ServiceOffices.Register;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Small valid entries, told apart by what a test changes.</summary>
internal static class Samples
{
    public static RegisterEntry Entry(string id, params LifecycleEvent[] events) =>
        new(new Office { Id = id, Name = "Servicekontor " + id, LocationPrecision = "none" }, events);

    /// <summary>An office at the seat of a municipality, open since 2020.</summary>
    public static RegisterEntry At(string id, string municipalityCode, double latitude, double longitude) => new(
        new Office
        {
            Id = id,
            Name = "Servicekontor " + id,
            MunicipalityCode = municipalityCode,
            Latitude = latitude,
            Longitude = longitude,
            LocationPrecision = "municipality",
        },
        [Event(id, 1, "opened", "2020-01-01")]);

    public static LifecycleEvent Event(string id, int number, string kind, string on, string precision = "day") => new()
    {
        OfficeId = id,
        Number = number,
        Kind = kind,
        On = DateOnly.ParseExact(on, "yyyy-MM-dd", null),
        Precision = precision,
    };

    public static RegisterEntry With(this RegisterEntry entry, Func<Office, Office> office) => entry with { Office = office(entry.Office) };

    public static RegisterEntry With(this RegisterEntry entry, params LifecycleEvent[] events) => entry with { Events = [.. entry.Events, .. events] };
}
