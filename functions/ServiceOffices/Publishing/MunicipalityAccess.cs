using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>What the offices of one day mean for each municipality.</summary>
internal static class MunicipalityAccess
{
    /// <returns>In the order of the municipalities.</returns>
    public static PublishedMunicipality[] Compute(IReadOnlyList<Municipality> municipalities, IReadOnlyList<PublishedOffice> offices)
    {
        var openOffices = offices.Where(office => office.Status == "open").ToArray();
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
