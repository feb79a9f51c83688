using System.Text.RegularExpressions;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;
using ServiceOffices.Seed;

namespace ServiceOffices.Tests.Seed;

/// <summary>Tests the statements of functions/ServiceOffices/Seed/README.md.</summary>
public sealed class SeedDataTests
{
    private static readonly IReadOnlyList<RegisterEntry> Entries = SeedData.Entries;
    private static readonly ReferenceData Reference = SeedData.Reference;

    [Fact]
    public void Entries_All_MatchFiles()
    {
        Assert.Equal(104, Entries.Count);
        Assert.Equal(158, Entries.Sum(entry => entry.Events.Count));
        Assert.Equal(Entries.Select(entry => entry.Office.Id).Order(StringComparer.Ordinal), Entries.Select(entry => entry.Office.Id));
    }

    [Fact]
    public void Entries_All_AreValid()
    {
        var validation = new EntryValidator(Reference);

        Assert.Empty(Entries.SelectMany(validation.Validate));
    }

    // Press release of the inquiry, May 2018: 27 offices, four of them in FA regions, eleven in vulnerable areas, twelve in
    // the metropolitan counties.
    [Fact]
    public void Proposed_ByBasis_MatchInquiry()
    {
        var proposed = Entries.Where(entry => entry.Events.Any(lifecycleEvent => lifecycleEvent.Kind == "proposed")).ToArray();

        Assert.Equal(27, Entries.Sum(entry => entry.Events.Count(lifecycleEvent => lifecycleEvent.Kind == "proposed")));
        Assert.Equal(4, proposed.Count(entry => entry.Office.Basis == "faRegion"));
        Assert.Equal(11, proposed.Count(entry => entry.Office.Basis == "vulnerableArea"));
        Assert.Equal(12, proposed.Count(entry => entry.Office.Basis == "metropolitan"));
    }

    [Fact]
    public void Entries_FaRegions_MatchInquiry() => Assert.Equal(
        ["asele", "storuman", "torsby", "vansbro"],
        Entries.Where(entry => entry.Office.Basis == "faRegion").Select(entry => entry.Office.Id));

    [Fact]
    public void Events_EachOffice_AreNumberedFromOne() => Assert.All(Entries, entry =>
        Assert.Equal(Enumerable.Range(1, entry.Events.Count), entry.Events.Select(lifecycleEvent => lifecycleEvent.Number)));

    [Theory]
    [InlineData("storuman", "2018-04-30", null)]
    [InlineData("storuman", "2018-05-01", "proposed")]
    [InlineData("storuman", "2020-06-01", "open")]
    [InlineData("ulricehamn", "2020-12-31", null)]
    [InlineData("ulricehamn", "2021-01-01", "open")]
    [InlineData("kungalv", "2025-04-10", "open")] // it closed later, so it was open
    [InlineData("kungalv", "2025-05-30", "open")]
    [InlineData("kungalv", "2025-05-31", "closed")]
    [InlineData("sodertalje", "2026-11-30", "open")] // the source is undated
    [InlineData("sorsele", "2019-06-04", "planned")]
    [InlineData("sorsele", "2026-11-30", "unknown")] // planned in 2017, no later source
    [InlineData("eslov", "2026-11-30", "unknown")] // only its closing is announced
    [InlineData("ludvika", "2026-11-23", "closed")] // its reopening is only announced
    [InlineData("storstad-01", "2026-11-23", "proposed")]
    public void Status_OnDate_FollowsFromEvents(string officeId, string date, string? expected)
    {
        var entry = Entries.Single(entry => entry.Office.Id == officeId);

        Assert.Equal(expected, OfficeStatus.ComputeOn(DateOnly.Parse(date, null), entry.Events, Reference.PlanExpiryMonths));
    }

    // The statuses before plans expire: by the last event that sets one.
    [Fact]
    public void LastStatusEvents_OnDayOfEdition_MatchReadme()
    {
        var today = new DateOnly(2026, 11, 30);
        var last = Entries.Select(entry => entry.Events
            .Where(lifecycleEvent => lifecycleEvent.On <= today && OfficeStatus.GetStatusAfter(lifecycleEvent.Kind) is not null)
            .Max(OfficeStatus.ChronologicalOrder) is { } found ? OfficeStatus.GetStatusAfter(found.Kind)! : "none").CountBy(status => status).ToDictionary();
        var statuses = Entries.Select(entry => OfficeStatus.ComputeOn(today, entry.Events, Reference.PlanExpiryMonths)!).CountBy(status => status).ToDictionary();

        Assert.Equal(new() { ["open"] = 56, ["planned"] = 19, ["proposed"] = 15, ["closed"] = 13, ["none"] = 1 }, last);
        Assert.Equal(new() { ["open"] = 56, ["proposed"] = 15, ["closed"] = 13, ["unknown"] = 20 }, statuses);
    }

    // A page cannot state what happens after it was written, except plans and announcements, and closings whose note says so.
    [Fact]
    public void Sources_WithDateInUrl_AreNotOlderThanEvent()
    {
        var dated = Entries.SelectMany(entry => entry.Events)
            .Where(lifecycleEvent => lifecycleEvent.Kind is not ("planned" or "closingAnnounced" or "reopeningAnnounced") && !IsClosingWithoutLaterSource(lifecycleEvent))
            .Select(lifecycleEvent => (Event: lifecycleEvent, Written: FindLastDay(lifecycleEvent.Source))).Where(found => found.Written is not null).ToList();

        Assert.InRange(dated.Count, 60, int.MaxValue);
        Assert.All(dated, found => Assert.True(
            found.Event.On <= found.Written, $"{found.Event.OfficeId} {found.Event.Number}: {found.Event.On:O} {found.Event.Source}"));
    }

    [Fact]
    public void ClosingsWithoutLaterSource_Are_Three() => Assert.Equal(
        ["bollnas", "landskrona", "vaxjo-araby"],
        Entries.SelectMany(entry => entry.Events).Where(IsClosingWithoutLaterSource).Select(lifecycleEvent => lifecycleEvent.OfficeId).Order(StringComparer.Ordinal));

    [Fact]
    public void NetworkCounts_WithDateInUrl_AreNotOlderThanCount() => Assert.All(
        Reference.NetworkCounts, count => Assert.True(FindLastDay(count.Source) is not { } written || count.On <= written, $"{count.On:O} {count.Source}"));

    [Theory]
    [InlineData("https://example.se/2025-04-10-beslut", "2025-04-10")]
    [InlineData("https://example.se/2025/04/10/beslut", "2025-04-10")]
    [InlineData("https://example.se/pressmeddelanden/2018/02/uppdrag/", "2018-02-28")] // only the month is known
    [InlineData("https://example.se/nyhet-2020-24514", null)]
    [InlineData(null, null)]
    public void LastDay_OfUrl_IsFound(string? url, string? expected) =>
        Assert.Equal(expected, FindLastDay(url)?.ToString("yyyy-MM-dd", null));

    // A truncated URL ends in an ellipsis or hyphen, or is the beginning of another source.
    [Fact]
    public void Urls_All_AreComplete()
    {
        var urls = Entries.SelectMany(entry => entry.Office.Sources.Concat(entry.Events.Select(lifecycleEvent => lifecycleEvent.Source).OfType<string>()))
            .Concat(Reference.NetworkCounts.Select(count => count.Source).Where(source => source.StartsWith("http", StringComparison.Ordinal))).ToHashSet(StringComparer.Ordinal);

        Assert.All(urls, url =>
        {
            Assert.True(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Contains('.') && !url.EndsWith("...", StringComparison.Ordinal) && !url.EndsWith('…') && !url.EndsWith('-'), url);
            Assert.DoesNotContain(urls, other => other.Length > url.Length && other.StartsWith(url, StringComparison.Ordinal) && char.IsLetterOrDigit(other[url.Length]) && !url.EndsWith('/'));
        });
    }

    [Fact]
    public void Offices_WithStreet_Are13() => Assert.Equal(13, Entries.Count(entry => entry.Office.Address?.Street is not null));

    [Fact]
    public void Office_AlternativeAreas_AreListed()
    {
        var office = Entries.Single(entry => entry.Office.Id == "eskilstuna-fas-2").Office;

        Assert.Equal(["Fröslunda", "Lagersberg", "Skiftinge"], office.VulnerableAreas);
    }

    [Fact]
    public void Office_Services_ReferenceAgenciesById()
    {
        var services = Entries.Single(entry => entry.Office.Id == "storuman").Office.Services;

        Assert.Equal(["forsakringskassan", "pensionsmyndigheten", "skatteverket"], services.Select(service => service.Agency));
        Assert.All(services, service => Assert.Equal(["general", "inDepth"], service.Levels));
    }

    [Fact]
    public void Office_WithoutCoordinates_HasNone()
    {
        var office = Entries.Single(entry => entry.Office.Id == "storstad-12").Office;

        Assert.Equal((null, null, null, "none"), (office.MunicipalityCode, office.Latitude, office.Longitude, office.LocationPrecision));
    }

    // SCB: 290 municipalities, 10 327 589 inhabitants on 2019-12-31, 21 counties.
    [Fact]
    public void Municipalities_All_Are290()
    {
        Assert.Equal(290, Reference.Municipalities.Count);
        Assert.Equal(10_327_589, Reference.Municipalities.Sum(municipality => municipality.Population));
        Assert.Equal(21, Reference.Counties.Count);
        Assert.Equal(new County("14", "Västra Götalands län", "Västra Götaland County"), Reference.Counties.Single(county => county.Code == "14"));
    }

    [Fact]
    public void References_All_Resolve()
    {
        var municipalities = Reference.Municipalities.Select(municipality => municipality.Code).ToHashSet();
        var counties = Reference.Counties.Select(county => county.Code).ToHashSet();
        var regions = Reference.FaRegions.Select(region => region.Code).ToHashSet();
        var agencies = Reference.Agencies.Select(agency => agency.Id).ToHashSet();

        Assert.All(Reference.Municipalities, municipality => Assert.Contains(municipality.CountyCode, counties));
        Assert.All(Reference.Municipalities, municipality => Assert.Contains(municipality.FaRegionCode, regions));
        Assert.All(Entries.Select(entry => entry.Office.MunicipalityCode).OfType<string>(), code => Assert.Contains(code, municipalities));
        Assert.All(Entries.SelectMany(entry => entry.Office.Services), service => Assert.Contains(service.Agency, agencies));
    }

    [Fact]
    public void FaRegions_Population_IsSumOfMunicipalities() => Assert.All(Reference.FaRegions, region => Assert.Equal(
        region.Population,
        Reference.Municipalities.Where(municipality => municipality.FaRegionCode == region.Code).Sum(municipality => municipality.Population)));

    [Fact]
    public void Agencies_All_MatchCodeList()
    {
        Assert.Equal(Codes.Agency.Codes.Select(code => code.Value).Order(StringComparer.Ordinal), Reference.Agencies.Select(agency => agency.Id));
        Assert.All(Reference.Agencies, agency => Assert.Equal(
            new Code(agency.Id, agency.NameSv, agency.NameEn), Codes.Agency.Codes.Single(code => code.Value == agency.Id)));
    }

    [Fact]
    public void Agency_Row_IsFullyRead() => Assert.Equal(
        new Agency(
            "forsakringskassan", "Försäkringskassan", "Swedish Social Insurance Agency", "FK", "202100-5521",
            "https://www.forsakringskassan.se", "087869000", "Q3372219"),
        Reference.Agencies.Single(agency => agency.Id == "forsakringskassan"));

    [Fact]
    public void NetworkCounts_All_HaveDocumentedPrecision()
    {
        Assert.Equal(13, Reference.NetworkCounts.Count);
        Assert.Equal(
            [("2020-11-23", "day", 117), ("2020-12-01", "month", 117), ("2024-01-01", "year", 149), ("2025-01-01", "day", 148), ("2025-05-20", "day", 148)],
            Reference.NetworkCounts.Where(count => count.Offices is 117 or 149 or 148).Select(count => (count.On.ToString("O", null), count.Precision, count.Offices)));
    }

    private static bool IsClosingWithoutLaterSource(LifecycleEvent lifecycleEvent) =>
        lifecycleEvent is { Kind: "closed", Note: { } note } && note.Contains("no later source", StringComparison.Ordinal);

    /// <summary>Finds the last day on which a page can have been written whose URL contains a day or a month.</summary>
    private static DateOnly? FindLastDay(string? url)
    {
        var found = Regex.Match(url ?? "", @"(?<!\d)(20\d\d)[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?(?!\d)");
        if (!found.Success)
        {
            return null;
        }

        var month = DateOnly.ParseExact($"{found.Groups[1].Value}-{found.Groups[2].Value}-01", "yyyy-MM-dd", null);
        return found.Groups[3].Success ? new(month.Year, month.Month, int.Parse(found.Groups[3].Value, null)) : month.AddMonths(1).AddDays(-1);
    }
}
