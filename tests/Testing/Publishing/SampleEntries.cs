using ServiceOffices.Register.Model;

namespace ServiceOffices.Testing.Publishing;

/// <summary>Creates small valid entries that tests modify.</summary>
internal static class SampleEntries
{
    public static RegisterEntry Create(string id, params LifecycleEvent[] events) =>
        new(new Office { Id = id, Name = "Servicekontor " + id, LocationPrecision = "none" }, events);

    /// <summary>An office at the seat of a municipality, open since 2020.</summary>
    public static RegisterEntry CreateAtMunicipality(string id, string municipalityCode, double latitude, double longitude) => new(
        new Office
        {
            Id = id,
            Name = "Servicekontor " + id,
            MunicipalityCode = municipalityCode,
            Latitude = latitude,
            Longitude = longitude,
            LocationPrecision = "municipality",
        },
        [CreateEvent(id, 1, "opened", "2020-01-01")]);

    public static LifecycleEvent CreateEvent(string id, int number, string kind, string on, string precision = "day") => new()
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
