using ServiceOffices.Register.Model;
using ServiceOffices.Schema;
using ServiceOffices.Seed;

namespace ServiceOffices.Tests.Schema;

public sealed class OfficeValidationTests
{
    private static readonly OfficeValidator Validation = new(SeedData.Reference);

    private static readonly Office FullOffice = new()
    {
        Id = "kiruna-2",
        Name = "Servicekontor \"Kiruna\" 🏢 =1+1",
        Kind = "fixed",
        Basis = "other",
        MunicipalityCode = "2584",
        Locality = "Kiruna",
        VulnerableAreas = ["Hageby"],
        Address = new Address("Storgatan 1", "01234", "Kiruna"),
        Latitude = 67.85,
        Longitude = 20.21667,
        LocationPrecision = "door",
        Services = [new("skatteverket", ["general", "inDepth"]), new("migrationsverket", [])],
        VideoMeetings = true,
        VideoMeetingsSince = new(2020, 9, 1),
        OpeningHours =
        [
            new("monday", new(10, 0), new(15, 0), false),
            new("monday", new(9, 0), new(16, 0), true),
            new("monday", new(15, 0), new(16, 0), false),
        ],
        SpecialHours = [new(new(2026, 12, 24), null, null, "Julafton"), new(new(2026, 12, 27), new(10, 0), new(12, 0), null)],
        Phone = "+46771123456",
        Email = "kiruna@example.se",
        WebPage = "https://example.se/kiruna?språk=sv",
        Sources = ["http://example.se/a", "https://example.se/b"],
        Note = "Two\nlines",
    };

    private static string[] GetInvalidFields(Office office) => [.. Validation.Validate(office).Select(problem => problem.Field)];

    [Fact]
    public void Validate_FullOffice_HasNoProblems() => Assert.Empty(Validation.Validate(FullOffice));

    [Fact]
    public void Validate_MinimalOffice_HasNoProblems() =>
        Assert.Empty(Validation.Validate(new Office { Id = "a", Name = "A", LocationPrecision = "none" }));

    [Fact]
    public void Validate_InvalidOffice_ReportsEveryProblem()
    {
        Office broken = new()
        {
            Id = "Åsele!",
            Name = "",
            Kind = "palace",
            Basis = "politics",
            MunicipalityCode = "9999",
            Locality = "\u0007",
            VulnerableAreas = [" "],
            Address = new Address("", "123 45", "\t"),
            Latitude = 48.9,
            LocationPrecision = "somewhere",
            Services = [new("police", ["deep"]), new("skatteverket", ["general", "general"]), new("skatteverket", [])],
            VideoMeetingsSince = new(1989, 12, 31),
            OpeningHours = [new("someday", new(15, 0), new(10, 0), false), new("monday", new(8, 0, 30), new(9, 0), false)],
            SpecialHours = [new(new(2101, 1, 1), new(9, 0), null, "")],
            Phone = "0771-123456",
            Email = "kiruna",
            WebPage = "www.example.se",
            Sources = ["ftp://example.se/", "https://example.se/a b"],
            Note = "\0",
        };

        Assert.Equal(
            [
                "id", "name", "kind", "basis", "municipalityCode", "locality", "vulnerableAreas[0]",
                "address.street", "address.postalCode", "address.city", "latitude", "longitude", "locationPrecision",
                "services[0].agency", "services[0].levels[0]", "services[1].levels[1]", "services[2].agency", "videoMeetingsSince",
                "openingHours[0].dayOfWeek", "openingHours[0].closes", "openingHours[1].opens",
                "specialHours[0].on", "specialHours[0].closes", "specialHours[0].reason",
                "phone", "email", "webPage", "sources[0]", "sources[1]", "note",
            ],
            GetInvalidFields(broken));
    }

    [Fact]
    public void Problem_Message_HasPropertyValueAndAllowed() => Assert.Equal(
        "kind must be one of fixed, mobile, colocated or nothing; got 'palace'.",
        Assert.Single(Validation.Validate(FullOffice with { Kind = "palace" })).ToString());

    [Fact]
    public void Problem_LongValue_IsTruncated() =>
        Assert.Equal(201, Assert.Single(Validation.Validate(FullOffice with { Name = new string('x', 5000) })).Value!.Length);

    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("a-b--c1", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a\n", false)]
    [InlineData("å", false)]
    public void Id_NotSlug_IsProblem(string id, bool isValid) => Assert.Equal(isValid, GetInvalidFields(FullOffice with { Id = id }).Length == 0);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Id_64Characters_IsValid(int length, bool isValid) =>
        Assert.Equal(isValid, GetInvalidFields(FullOffice with { Id = new string('a', length) }).Length == 0);

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Name_200Characters_IsValid(int length, bool isValid) =>
        Assert.Equal(isValid, GetInvalidFields(FullOffice with { Name = new string('å', length) }).Length == 0);

    [Theory]
    [InlineData("A\nB")]
    [InlineData("A\u0085B")]
    [InlineData("   ")]
    public void Name_ControlCharactersOrBlank_IsProblem(string name) => Assert.Equal(["name"], GetInvalidFields(FullOffice with { Name = name }));

    [Fact]
    public void Name_LoneSurrogate_IsProblem()
    {
        Assert.Equal(["name"], GetInvalidFields(FullOffice with { Name = "A\uD83C" }));
        Assert.Equal(["name"], GetInvalidFields(FullOffice with { Name = "\uDFE2A" }));
    }

    [Theory]
    [InlineData(55.0, 10.5, true)]
    [InlineData(69.1, 24.2, true)]
    [InlineData(54.99, 13.0, false)]
    [InlineData(69.11, 20.0, false)]
    [InlineData(59.0, 10.49, false)]
    [InlineData(59.0, 24.21, false)]
    [InlineData(13.0, 55.6, false)] // Malmö with its coordinates swapped
    [InlineData(double.NaN, 13.0, false)]
    public void Coordinates_OutsideSweden_AreProblem(double latitude, double longitude, bool isValid) =>
        Assert.Equal(isValid, GetInvalidFields(FullOffice with { Latitude = latitude, Longitude = longitude }).Length == 0);

    [Theory]
    [InlineData(null, null, "none", true)]
    [InlineData(null, null, "municipality", false)]
    [InlineData(59.0, 15.0, "none", false)]
    [InlineData(59.0, 15.0, "municipality", true)]
    public void LocationPrecision_InconsistentWithCoordinates_IsProblem(double? latitude, double? longitude, string precision, bool isValid) =>
        Assert.Equal(isValid ? [] : ["locationPrecision"], GetInvalidFields(FullOffice with { Latitude = latitude, Longitude = longitude, LocationPrecision = precision }));

    [Fact]
    public void OpeningHours_Overlapping_IsProblem() => Assert.Equal(
        ["openingHours[1]"],
        GetInvalidFields(FullOffice with { OpeningHours = [new("friday", new(9, 0), new(12, 0), false), new("friday", new(11, 59), new(13, 0), false)] }));

    [Fact]
    public void SpecialHours_ClosedAndOpenOnSameDate_IsProblem() => Assert.Equal(
        ["specialHours[1].on"],
        GetInvalidFields(FullOffice with { SpecialHours = [new(new(2026, 12, 24), new(9, 0), new(10, 0), null), new(new(2026, 12, 24), null, null, null)] }));

    [Fact]
    public void Validate_UnexpectedNulls_AreReportedNotThrown()
    {
        var office = FullOffice with { Name = null!, LocationPrecision = null!, Sources = [null!], VulnerableAreas = null!, Services = [null!], OpeningHours = [null!] };

        Assert.Equal(["name", "vulnerableAreas", "locationPrecision", "services[0]", "openingHours[0]", "sources[0]"], GetInvalidFields(office));
    }
}
