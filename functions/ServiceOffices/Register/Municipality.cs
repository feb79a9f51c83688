namespace ServiceOffices.Register;

/// <summary>A municipality (kommun).</summary>
/// <param name="Code">SCB's four digits; the first two are the county's code.</param>
/// <param name="Name">Short name, such as "Storuman".</param>
/// <param name="OfficialName">Full name, such as "Storumans kommun".</param>
/// <param name="FaRegionCode">Code of its functional labour-market region.</param>
/// <param name="Population">Inhabitants on 2019-12-31 (SCB).</param>
/// <param name="SeatLatitude">WGS 84 latitude of the seat (centralort), decimal degrees.</param>
/// <param name="SeatLongitude">WGS 84 longitude of the seat, decimal degrees.</param>
public sealed record Municipality(
    string Code, string Name, string OfficialName, string FaRegionCode, int Population, double SeatLatitude, double SeatLongitude)
{
    /// <summary>The county's two digits: SCB builds a municipality's code on its county's.</summary>
    public string CountyCode => Code[..2];
}
