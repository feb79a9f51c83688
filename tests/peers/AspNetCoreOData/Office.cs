namespace ServiceOffices.Peers.AspNetCoreOData;

/// <summary>An office of the benchmark register as an entity with settable properties, which the model builder requires.</summary>
public sealed class Office
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string MunicipalityCode { get; set; }

    public required string MunicipalityName { get; set; }

    public required string CountyCode { get; set; }

    public required string Status { get; set; }

    public DateOnly OpenedOn { get; set; }

    public double Latitude { get; set; }

    public double Longitude { get; set; }

    public bool VideoMeeting { get; set; }

    public List<string> Services { get; set; } = [];

    public required Address Address { get; set; }

    public List<OpeningHours> OpeningHours { get; set; } = [];
}

/// <summary>A visiting address.</summary>
public sealed class Address
{
    public required string Street { get; set; }

    public required string PostalCode { get; set; }

    public required string City { get; set; }
}

/// <summary>Opening hours on a weekday.</summary>
public sealed class OpeningHours
{
    public required string Day { get; set; }

    public TimeOnly Opens { get; set; }

    public TimeOnly Closes { get; set; }
}
