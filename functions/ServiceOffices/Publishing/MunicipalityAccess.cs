using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing;

/// <summary>Finds the office nearest to a point among those whose coordinates are known.</summary>
internal sealed class NearestOfficeFinder
{
    // Parallels one degree apart are at least 110.57 km apart on the ellipsoid; rounded down to remain a lower bound.
    private const double MetresPerDegreeOfLatitude = 110_500;

    private readonly (string Id, GeoPoint At)[] byLatitude;
    private readonly double[] latitudes;

    public NearestOfficeFinder(IEnumerable<Office> offices)
    {
        byLatitude =
        [
            .. offices
                .Where(office => office is { Latitude: not null, Longitude: not null })
                .Select(office => (office.Id, new GeoPoint(office.Longitude!.Value, office.Latitude!.Value)))
                .OrderBy(office => office.Item2.Latitude)
                .ThenBy(office => office.Id, StringComparer.Ordinal),
        ];
        latitudes = [.. byLatitude.Select(office => office.At.Latitude)];
    }

    /// <summary>Finds the nearest office with its distance on the ellipsoid; of several at the same distance the first by id; null if there is no office.</summary>
    /// <param name="exceptId">An office to ignore; null for none.</param>
    public (string OfficeId, double Metres)? Find(GeoPoint point, string? exceptId = null)
    {
        var start = Array.BinarySearch(latitudes, point.Latitude);
        start = start < 0 ? ~start : start;
        (string Id, double Metres)? best = null;
        for (var i = start; i < byLatitude.Length && CanBeNearer(best, latitudes[i] - point.Latitude); i++)
        {
            best = byLatitude[i].Id == exceptId ? best : GetNearer(best, byLatitude[i], point);
        }

        for (var i = start - 1; i >= 0 && CanBeNearer(best, point.Latitude - latitudes[i]); i--)
        {
            best = byLatitude[i].Id == exceptId ? best : GetNearer(best, byLatitude[i], point);
        }

        return best;
    }

    private static bool CanBeNearer((string Id, double Metres)? best, double degreesOfLatitude) =>
        best is null || degreesOfLatitude * MetresPerDegreeOfLatitude <= best.Value.Metres;

    private static (string Id, double Metres)? GetNearer((string Id, double Metres)? best, (string Id, GeoPoint At) office, GeoPoint point)
    {
        var metres = Geodesy.GetDistanceMetres(point, office.At);
        var isNearer = best is not { } known
            || metres < known.Metres
            || (metres == known.Metres && string.CompareOrdinal(office.Id, known.Id) < 0);
        return isNearer ? (office.Id, metres) : best;
    }
}

/// <summary>Computes the number of open offices and the nearest office of each municipality.</summary>
internal static class MunicipalityAccess
{
    /// <returns>In the order of the municipalities.</returns>
    public static PublishedMunicipality[] Compute(IReadOnlyList<Municipality> municipalities, IReadOnlyList<PublishedOffice> offices)
    {
        var openOffices = offices.Where(office => office.Status == OfficeStatus.Open).ToArray();
        var openByMunicipality = openOffices.CountBy(office => office.Office.MunicipalityCode ?? "").ToDictionary(StringComparer.Ordinal);
        var nearest = new NearestOfficeFinder(openOffices.Select(office => office.Office));
        return
        [
            .. municipalities.Select(municipality =>
            {
                var found = nearest.Find(new(municipality.SeatLongitude, municipality.SeatLatitude));
                return new PublishedMunicipality(
                    municipality,
                    openByMunicipality.GetValueOrDefault(municipality.Code),
                    found is null ? null : Math.Round(found.Value.Metres / 1000, 1),
                    found?.OfficeId);
            }),
        ];
    }
}
