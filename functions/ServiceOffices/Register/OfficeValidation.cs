using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ServiceOffices.Register;

/// <summary>What an office must be to be published. Every problem is reported at once.</summary>
public sealed partial class OfficeValidation(ReferenceData reference)
{
    private const int LongestName = 200;
    private const int LongestNote = 2000;
    private const int LongestEmail = 254;

    // Sweden's extreme points with a margin: Smygehuk 55.34 N, Treriksröset 69.06 N, Stora Drammen 10.96 E, Kataja 24.16 E.
    private const double South = 55.0;
    private const double North = 69.1;
    private const double West = 10.5;
    private const double East = 24.2;

    private readonly FrozenSet<string> municipalities =
        reference.Municipalities.Select(municipality => municipality.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Everything that is wrong with the office, in the order of its fields; empty where it is valid.</summary>
    public IReadOnlyList<Problem> Problems(Office office)
    {
        var problems = new ValidationProblems();
        problems.Matches(Slug(), "id", office.Id, "1 to 64 characters of a-z, 0-9 and inner hyphens");
        problems.Line("name", office.Name, LongestName);
        problems.OptionalCode("kind", office.Kind, Codes.Kind);
        problems.OptionalCode("basis", office.Basis, Codes.Basis);
        problems.Require(
            office.MunicipalityCode is null || municipalities.Contains(office.MunicipalityCode),
            "municipalityCode", office.MunicipalityCode, "the four digits of a Swedish municipality or nothing");
        problems.OptionalLine("locality", office.Locality, LongestName);
        problems.Each("vulnerableAreas", office.VulnerableAreas, (field, area) => problems.Line(field, area, LongestName));
        Address(problems, office.Address);
        Location(problems, office);
        Services(problems, office.Services);
        if (office.VideoMeetingsSince is { } since)
        {
            problems.Date("videoMeetingsSince", since);
        }

        HoursValidation.Check(problems, office);
        problems.OptionalMatches(PhoneNumber(), "phone", office.Phone, "5 to 15 digits with an optional leading plus");
        problems.Require(
            office.Email is null || (office.Email.Length <= LongestEmail && EmailAddress().IsMatch(office.Email)),
            "email", office.Email, $"an e-mail address of at most {LongestEmail} characters or nothing");
        problems.OptionalUrl("webPage", office.WebPage);
        problems.Each("sources", office.Sources, problems.Url);
        problems.OptionalText("note", office.Note, LongestNote);
        return problems.Found;
    }

    private static void Address(ValidationProblems problems, Address? address)
    {
        if (address is null)
        {
            return;
        }

        problems.OptionalLine("address.street", address.Street, LongestName);
        problems.OptionalMatches(FiveDigits(), "address.postalCode", address.PostalCode, "five digits without a space");
        problems.OptionalLine("address.city", address.City, LongestName);
    }

    private static void Location(ValidationProblems problems, Office office)
    {
        if (office is { Latitude: >= West and <= East, Longitude: >= South and <= North })
        {
            problems.Require(
                false, "latitude", office.Latitude,
                FormattableString.Invariant($"a latitude, {South:0.0} to {North:0.0}: it looks like the longitude, and the longitude {office.Longitude} like the latitude; change them over"));
        }
        else
        {
            Coordinate(problems, "latitude", office.Latitude, office.Longitude, South, North);
            Coordinate(problems, "longitude", office.Longitude, office.Latitude, West, East);
        }

        problems.Code("locationPrecision", office.LocationPrecision, Codes.LocationPrecision);
        var known = office.Latitude is not null && office.Longitude is not null;
        problems.Require(
            !Codes.LocationPrecision.Contains(office.LocationPrecision ?? "") || (office.LocationPrecision == "none") != known,
            "locationPrecision", office.LocationPrecision, known ? "other than none where coordinates are given" : "none where coordinates are missing");
    }

    private static void Coordinate(ValidationProblems problems, string field, double? value, double? other, double min, double max)
    {
        problems.Require(value is not null || other is null, field, value, "given where the other coordinate is");
        problems.Require(
            value is null || (value >= min && value <= max),
            field, value, FormattableString.Invariant($"decimal degrees within Sweden, {min:0.0} to {max:0.0} (WGS 84)"));
    }

    private static void Services(ValidationProblems problems, IReadOnlyList<OfferedService> services)
    {
        var agencies = new HashSet<string>(StringComparer.Ordinal);
        problems.Each("services", services, (field, service) =>
        {
            problems.Code(field + ".agency", service.Agency, Codes.Agency);
            problems.Require(service.Agency is null || agencies.Add(service.Agency), field + ".agency", service.Agency, "named once in the list");
            var levels = new HashSet<string>(StringComparer.Ordinal);
            problems.Each(field + ".levels", service.Levels, (item, level) =>
            {
                problems.Code(item, level, Codes.Level);
                problems.Require(levels.Add(level), item, level, "named once in the list");
            });
        });
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[0-9]{5}\z")]
    private static partial Regex FiveDigits();

    [GeneratedRegex(@"\A\+?[0-9]{5,15}\z")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"\A[^@\s\p{Cc}]+@[^@\s\p{Cc}.]+(?:\.[^@\s\p{Cc}.]+)+\z")]
    private static partial Regex EmailAddress();
}
