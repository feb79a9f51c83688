using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Seed;

/// <summary>The initial data of the register, read from the files in this folder.</summary>
public static class SeedData
{
    private static readonly Lazy<ReferenceData> LazyReference = new(ReadReference);
    private static readonly Lazy<IReadOnlyList<RegisterEntry>> LazyEntries = new(() => ReadEntries(""));

    public static ReferenceData Reference => LazyReference.Value;

    /// <summary>Ordered by office id, ordinal; events numbered from 1 in the order of their file.</summary>
    public static IReadOnlyList<RegisterEntry> Entries => LazyEntries.Value;

    /// <summary>Reads the entries of the edition of 2026-11-23, which older deployments started with (<see cref="EditionUpgrade"/>).</summary>
    internal static IReadOnlyList<RegisterEntry> ReadPreviousEdition() => ReadEntries("2026-11-23/");

    private static ReferenceData ReadReference() => new(
        [.. EmbeddedCsvReader.Read("municipalities.csv", ReadMunicipality).OrderBy(municipality => municipality.Code, StringComparer.Ordinal)],
        [.. EmbeddedCsvReader.Read("counties.csv", row => new County(row.GetString("code"), row.GetString("name_sv"), row.GetString("name_en")))
            .OrderBy(county => county.Code, StringComparer.Ordinal)],
        [.. EmbeddedCsvReader.Read("fa_regions_fa15.csv", row => new FaRegion(
            row.GetString("fa15_code"), "FA15", row.GetString("fa15_name"), row.GetInt32("population_2019")))
            .OrderBy(region => region.Code, StringComparer.Ordinal)],
        [.. EmbeddedCsvReader.Read("agencies.csv", ReadAgency).OrderBy(agency => agency.Id, StringComparer.Ordinal)],
        [.. EmbeddedCsvReader.Read("network_counts.csv", ReadNetworkCount).OrderBy(count => count.On)]);

    private static Municipality ReadMunicipality(EmbeddedCsvReader.Row row) => new(
        row.GetString("municipality_code"),
        row.GetString("name"),
        row.GetString("name_official"),
        row.GetString("fa15_code"),
        row.GetInt32("population_2019"),
        row.GetDouble("seat_lat"),
        row.GetDouble("seat_lon"));

    private static Agency ReadAgency(EmbeddedCsvReader.Row row) => new(
        FindAgencyId(row.GetString("name")),
        row.GetString("name"),
        row.GetString("name_en"),
        row.GetString("short"),
        row.GetString("org_nr"),
        "https://" + row.GetString("website"),
        row.GetString("phone"),
        row.GetString("wikidata"));

    private static string FindAgencyId(string nameSv) =>
        Codes.Agency.Codes.Single(code => code.Sv == nameSv).Value;

    private static NetworkCount ReadNetworkCount(EmbeddedCsvReader.Row row)
    {
        var asOf = row.GetString("as_of");
        var (format, precision) = asOf.Length switch
        {
            10 => ("yyyy-MM-dd", DatePrecision.Day),
            7 => ("yyyy-MM", DatePrecision.Month),
            _ => ("yyyy", DatePrecision.Year),
        };
        return new NetworkCount(
            DateOnly.ParseExact(asOf, format, CultureInfo.InvariantCulture),
            precision,
            row.GetInt32("offices"),
            row.GetOptionalString("note"),
            // A source that is not on the web is described in the note.
            row.GetOptionalString("source") ?? row.GetString("note"));
    }

    /// <param name="folder">Folder of the edition, ending with a slash; empty for the current one.</param>
    private static IReadOnlyList<RegisterEntry> ReadEntries(string folder)
    {
        var events = EmbeddedCsvReader.Read(folder + "events.csv", ReadEvent).ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        return
        [
            .. EmbeddedCsvReader.Read(folder + "offices.csv", ReadOffice)
                .OrderBy(office => office.Id, StringComparer.Ordinal)
                .Select(office => new RegisterEntry(
                    office, [.. events[office.Id].Select((lifecycleEvent, index) => lifecycleEvent with { Number = index + 1 })])),
        ];
    }

    private static LifecycleEvent ReadEvent(EmbeddedCsvReader.Row row) => new()
    {
        OfficeId = row.GetString("officeId"),
        Number = 0,
        Kind = row.GetString("kind"),
        On = row.GetDate("on"),
        Precision = row.GetString("precision"),
        Source = row.GetOptionalString("source"),
        Note = row.GetOptionalString("note"),
    };

    private static Office ReadOffice(EmbeddedCsvReader.Row row) => new()
    {
        Id = row.GetString("id"),
        Name = row.GetString("name"),
        Basis = row.GetOptionalString("basis"),
        MunicipalityCode = row.GetOptionalString("municipalityCode"),
        Locality = row.GetOptionalString("locality"),
        Address = row.HasColumn("street") ? ReadAddress(row.GetOptionalString("street"), row.GetOptionalString("postalCode"), row.GetOptionalString("city")) : null,
        VulnerableAreas = row.GetParts("vulnerableArea", '|'),
        Latitude = row.GetOptionalDouble("latitude"),
        Longitude = row.GetOptionalDouble("longitude"),
        LocationPrecision = row.GetString("locationPrecision"),
        Services = [.. row.GetParts("services", ';').Select(ReadService)],
        VideoMeetings = row.GetOptionalString("videoMeetings") is { } video ? bool.Parse(video) : null,
        Sources = row.GetParts("sources", ' '),
        Note = row.GetOptionalString("note"),
    };

    private static Address? ReadAddress(string? street, string? postalCode, string? city) =>
        street is null && postalCode is null && city is null ? null : new Address(street, postalCode, city);

    private static OfferedService ReadService(string text)
    {
        var parts = text.Split(':');
        return new OfferedService(FindAgencyId(parts[0]), parts[1].Split(','));
    }
}
