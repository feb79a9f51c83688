using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>What the offices of one day mean for each municipality.</summary>
internal static class MunicipalityAccess
{
    /// <returns>In the order of the municipalities.</returns>
    public static PublishedMunicipality[] Of(IReadOnlyList<Municipality> municipalities, IReadOnlyList<PublishedOffice> offices)
    {
        var open = offices.Where(office => office.Status == "open").ToArray();
        var openIn = open.CountBy(office => office.Office.MunicipalityCode ?? "").ToDictionary(StringComparer.Ordinal);
        var nearest = new NearestOffice(open.Select(office => office.Office));
        return
        [
            .. municipalities.Select(municipality =>
            {
                var found = nearest.To(new(municipality.SeatLongitude, municipality.SeatLatitude));
                return new PublishedMunicipality(
                    municipality,
                    openIn.GetValueOrDefault(municipality.Code),
                    found is null ? null : Math.Round(found.Value.Metres / 1000, 1),
                    found?.OfficeId);
            }),
        ];
    }
}
