using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>The announced, temporary or permanent closing of an office that has not reopened.</summary>
/// <param name="Announced">The event that announced the closing; null if no source does.</param>
/// <param name="Closed">The event of the closing; null if it is only announced.</param>
/// <param name="Nearest">The nearest office that is open on the day of publication; null if none is, or if the coordinates are not known.</param>
/// <param name="DistanceKm">Distance to <paramref name="Nearest"/> along the ellipsoid.</param>
public sealed record Closing(
    PublishedOffice Office, Municipality? Municipality, County? County, LifecycleEvent? Announced, LifecycleEvent? Closed,
    PublishedOffice? Nearest, double? DistanceKm)
{
    /// <summary>The last day of service; null if the source does not date the closing to the day.</summary>
    public DateOnly? LastDayOfService => Closed is { Precision: DatePrecision.Day } ? Closed.On.AddDays(-1) : null;
}

/// <summary>The number of offices in the register compared with the official number, for the country or a county.</summary>
/// <param name="CountyCode">SCB's two digits, or <see cref="Country"/>.</param>
/// <param name="Offices">Offices in the register, whatever their status.</param>
/// <param name="Open">Offices that are open on the day of publication according to a source.</param>
/// <param name="Official">The latest official number; null for a county, because no source states it by county.</param>
/// <param name="OpenOnOfficialDate">Offices that were open on the date of the official number according to a source.</param>
public sealed record Coverage(string CountyCode, string NameSv, string NameEn, int Offices, int Open, NetworkCount? Official, int? OpenOnOfficialDate)
{
    /// <summary>SCB's code of the whole country.</summary>
    public const string Country = "00";

    /// <summary>Share of the official number that the register contains, in percent with one decimal; null for a county.</summary>
    public double? Percent => Official is { Offices: > 0 } ? Math.Round(100.0 * OpenOnOfficialDate!.Value / Official.Offices, 1) : null;
}
