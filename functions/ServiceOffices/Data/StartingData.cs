using System.Globalization;
using ServiceOffices.Register;

namespace ServiceOffices.Data;

/// <summary>The register that the platform starts with, read from the files beside this one.</summary>
public static class StartingData
{
    private static readonly Lazy<ReferenceData> LazyReference = new(ReadReference);
    private static readonly Lazy<IReadOnlyList<RegisterEntry>> LazyEntries = new(ReadEntries);

    public static ReferenceData Reference => LazyReference.Value;

    /// <summary>Ordered by office id, ordinal; events numbered from 1 in the order of their file.</summary>
    public static IReadOnlyList<RegisterEntry> Entries => LazyEntries.Value;

    private static ReferenceData ReadReference() => new(
        [.. EmbeddedCsv.Read("municipalities.csv", ReadMunicipality).OrderBy(municipality => municipality.Code, StringComparer.Ordinal)],
        [.. EmbeddedCsv.Read("counties.csv", row => new County(row.Text("code"), row.Text("name_sv"), row.Text("name_en")))
            .OrderBy(county => county.Code, StringComparer.Ordinal)],
        [.. EmbeddedCsv.Read("fa_regions_fa15.csv", row => new FaRegion(
            row.Text("fa15_code"), "FA15", row.Text("fa15_name"), row.Integer("population_2019")))
            .OrderBy(region => region.Code, StringComparer.Ordinal)],
        [.. EmbeddedCsv.Read("agencies.csv", ReadAgency).OrderBy(agency => agency.Id, StringComparer.Ordinal)],
        [.. EmbeddedCsv.Read("network_counts.csv", ReadNetworkCount).OrderBy(count => count.On)]);

    private static Municipality ReadMunicipality(EmbeddedCsv.Row row) => new(
        row.Text("municipality_code"),
        row.Text("name"),
        row.Text("name_official"),
        row.Text("fa15_code"),
        row.Integer("population_2019"),
        row.Number("seat_lat"),
        row.Number("seat_lon"));

    private static Agency ReadAgency(EmbeddedCsv.Row row) => new(
        AgencyId(row.Text("name")),
        row.Text("name"),
        row.Text("name_en"),
        row.Text("short"),
        row.Text("org_nr"),
        "https://" + row.Text("website"),
        row.Text("phone"),
        row.Text("wikidata"));

    private static string AgencyId(string nameSv) =>
        Codes.Agency.Codes.Single(code => code.Sv == nameSv).Value;

    private static NetworkCount ReadNetworkCount(EmbeddedCsv.Row row)
    {
        var asOf = row.Text("as_of");
        var (format, precision) = asOf.Length switch
        {
            10 => ("yyyy-MM-dd", "day"),
            7 => ("yyyy-MM", "month"),
            _ => ("yyyy", "year"),
        };
        return new NetworkCount(
            DateOnly.ParseExact(asOf, format, CultureInfo.InvariantCulture),
            precision,
            row.Integer("offices"),
            row.OptionalText("note"),
            row.Text("source"));
    }

    private static IReadOnlyList<RegisterEntry> ReadEntries()
    {
        var events = EmbeddedCsv.Read("events.csv", ReadEvent).ToLookup(happened => happened.OfficeId, StringComparer.Ordinal);
        return
        [
            .. EmbeddedCsv.Read("offices.csv", ReadOffice)
                .OrderBy(office => office.Id, StringComparer.Ordinal)
                .Select(office => new RegisterEntry(
                    office, [.. events[office.Id].Select((happened, index) => happened with { Number = index + 1 })])),
        ];
    }

    private static LifecycleEvent ReadEvent(EmbeddedCsv.Row row) => new()
    {
        OfficeId = row.Text("officeId"),
        Number = 0,
        Kind = row.Text("kind"),
        On = row.Date("on"),
        Precision = row.Text("precision"),
        Source = row.OptionalText("source"),
        Note = row.OptionalText("note"),
    };

    private static Office ReadOffice(EmbeddedCsv.Row row) => new()
    {
        Id = row.Text("id"),
        Name = row.Text("name"),
        Basis = row.OptionalText("basis"),
        MunicipalityCode = row.OptionalText("municipalityCode"),
        Locality = row.OptionalText("locality"),
        VulnerableAreas = row.Parts("vulnerableArea", '|'),
        Latitude = row.OptionalNumber("latitude"),
        Longitude = row.OptionalNumber("longitude"),
        LocationPrecision = row.Text("locationPrecision"),
        Services = [.. row.Parts("services", ';').Select(ReadService)],
        VideoMeetings = row.OptionalText("videoMeetings") is { } video ? bool.Parse(video) : null,
        Sources = row.Parts("sources", ' '),
        Note = row.OptionalText("note"),
    };

    private static OfferedService ReadService(string text)
    {
        var parts = text.Split(':');
        return new OfferedService(AgencyId(parts[0]), parts[1].Split(','));
    }
}
