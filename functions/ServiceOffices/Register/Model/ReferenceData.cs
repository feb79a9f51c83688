namespace ServiceOffices.Register.Model;

/// <summary>A municipality (kommun).</summary>
/// <param name="Code">SCB's four digits; the first two are the county's code.</param>
/// <param name="Name">Short name, such as "Storuman".</param>
/// <param name="OfficialName">Full name, such as "Storumans kommun".</param>
/// <param name="FaRegionCode">Code of its functional labour-market region.</param>
/// <param name="Population">Population on 2019-12-31 (SCB).</param>
/// <param name="SeatLatitude">WGS 84 latitude of the seat (centralort), decimal degrees.</param>
/// <param name="SeatLongitude">WGS 84 longitude of the seat, decimal degrees.</param>
public sealed record Municipality(
    string Code, string Name, string OfficialName, string FaRegionCode, int Population, double SeatLatitude, double SeatLongitude)
{
    /// <summary>The two-digit code of the county, with which SCB's municipality codes begin.</summary>
    public string CountyCode => Code[..2];
}

/// <summary>An agency whose services the offices help with, or that runs them.</summary>
/// <param name="Id">A slug, one of <see cref="Codes.Agency"/>.</param>
/// <param name="ShortName">The abbreviation in use, such as "FK".</param>
/// <param name="OrganisationNumber">Ten digits with a hyphen.</param>
/// <param name="WikidataId">Q and digits.</param>
public sealed record Agency(
    string Id, string NameSv, string NameEn, string ShortName, string OrganisationNumber, string WebPage, string Phone, string WikidataId);

/// <summary>A county (län).</summary>
/// <param name="Code">SCB's two digits.</param>
public sealed record County(string Code, string NameSv, string NameEn);

/// <summary>A functional labour-market region (FA-region) of one version of the classification.</summary>
/// <param name="Code">Two digits, unique within <paramref name="Version"/>.</param>
/// <param name="Version">The classification, "FA15".</param>
/// <param name="Population">Population on 2019-12-31, the sum of its municipalities'.</param>
public sealed record FaRegion(string Code, string Version, string Name, int Population);

/// <summary>The total number of offices on a date according to a public source.</summary>
/// <param name="On">The date, or the first day of the period.</param>
/// <param name="Precision">One of <see cref="Codes.Precision"/>.</param>
/// <param name="Offices">The number of offices that the source states.</param>
/// <param name="Source">URL of the source, or a description if it is not on the web.</param>
public sealed record NetworkCount(DateOnly On, string Precision, int Offices, string? Note, string Source);

/// <summary>Data that offices refer to and that editors cannot change, each list ordered by its key.</summary>
public sealed record ReferenceData(
    IReadOnlyList<Municipality> Municipalities,
    IReadOnlyList<County> Counties,
    IReadOnlyList<FaRegion> FaRegions,
    IReadOnlyList<Agency> Agencies,
    IReadOnlyList<NetworkCount> NetworkCounts)
{
    /// <summary>Months after which a plan to open an office no longer counts if no later event follows (<see cref="OfficeStatus.ComputePeriods"/>).</summary>
    public int PlanExpiryMonths { get; init; } = 18;
}
