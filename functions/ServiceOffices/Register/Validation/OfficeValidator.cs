using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Validation;

/// <summary>What an office must be to be published. Every problem is reported at once.</summary>
public sealed partial class OfficeValidator(ReferenceData reference)
{
    private const int MaxNameLength = 200;
    private const int MaxNoteLength = 2000;
    private const int MaxEmailLength = 254;

    // Sweden's extreme points with a margin: Smygehuk 55.34 N, Treriksröset 69.06 N, Stora Drammen 10.96 E, Kataja 24.16 E.
    private const double MinLatitude = 55.0;
    private const double MaxLatitude = 69.1;
    private const double MinLongitude = 10.5;
    private const double MaxLongitude = 24.2;

    private readonly FrozenSet<string> municipalityCodes =
        reference.Municipalities.Select(municipality => municipality.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Everything that is wrong with the office, in the order of its fields; empty where it is valid.</summary>
    public IReadOnlyList<ValidationProblem> Validate(Office office)
    {
        var validator = new FieldValidator();
        validator.CheckPattern(SlugRegex(), "id", office.Id, "1 to 64 characters of a-z, 0-9 and inner hyphens");
        validator.CheckSingleLine("name", office.Name, MaxNameLength);
        validator.CheckOptionalCode("kind", office.Kind, Codes.Kind);
        validator.CheckOptionalCode("basis", office.Basis, Codes.Basis);
        validator.Require(
            office.MunicipalityCode is null || municipalityCodes.Contains(office.MunicipalityCode),
            "municipalityCode", office.MunicipalityCode, "the four digits of a Swedish municipality or nothing");
        validator.CheckOptionalSingleLine("locality", office.Locality, MaxNameLength);
        validator.CheckItems("vulnerableAreas", office.VulnerableAreas, (field, area) => validator.CheckSingleLine(field, area, MaxNameLength));
        CheckAddress(validator, office.Address);
        CheckLocation(validator, office);
        CheckServices(validator, office.Services);
        if (office.VideoMeetingsSince is { } since)
        {
            validator.CheckDate("videoMeetingsSince", since);
        }

        OpeningHoursValidator.Check(validator, office);
        validator.CheckOptionalPattern(PhoneNumberRegex(), "phone", office.Phone, "5 to 15 digits with an optional leading plus");
        validator.Require(
            office.Email is null || (office.Email.Length <= MaxEmailLength && EmailRegex().IsMatch(office.Email)),
            "email", office.Email, $"an e-mail address of at most {MaxEmailLength} characters or nothing");
        validator.CheckOptionalUrl("webPage", office.WebPage);
        validator.CheckItems("sources", office.Sources, validator.CheckUrl);
        validator.CheckOptionalMultiLine("note", office.Note, MaxNoteLength);
        return validator.Problems;
    }

    private static void CheckAddress(FieldValidator validator, Address? address)
    {
        if (address is null)
        {
            return;
        }

        validator.CheckOptionalSingleLine("address.street", address.Street, MaxNameLength);
        validator.CheckOptionalPattern(PostalCodeRegex(), "address.postalCode", address.PostalCode, "five digits without a space");
        validator.CheckOptionalSingleLine("address.city", address.City, MaxNameLength);
    }

    private static void CheckLocation(FieldValidator validator, Office office)
    {
        if (office is { Latitude: >= MinLongitude and <= MaxLongitude, Longitude: >= MinLatitude and <= MaxLatitude })
        {
            validator.Require(
                false, "latitude", office.Latitude,
                FormattableString.Invariant($"a latitude, {MinLatitude:0.0} to {MaxLatitude:0.0}: it looks like the longitude, and the longitude {office.Longitude} like the latitude; change them over"));
        }
        else
        {
            CheckCoordinate(validator, "latitude", office.Latitude, office.Longitude, MinLatitude, MaxLatitude);
            CheckCoordinate(validator, "longitude", office.Longitude, office.Latitude, MinLongitude, MaxLongitude);
        }

        validator.CheckCode("locationPrecision", office.LocationPrecision, Codes.LocationPrecision);
        var hasCoordinates = office.Latitude is not null && office.Longitude is not null;
        validator.Require(
            !Codes.LocationPrecision.Contains(office.LocationPrecision ?? "") || (office.LocationPrecision == "none") != hasCoordinates,
            "locationPrecision", office.LocationPrecision, hasCoordinates ? "other than none where coordinates are given" : "none where coordinates are missing");
    }

    private static void CheckCoordinate(FieldValidator validator, string field, double? value, double? other, double min, double max)
    {
        validator.Require(value is not null || other is null, field, value, "given where the other coordinate is");
        validator.Require(
            value is null || (value >= min && value <= max),
            field, value, FormattableString.Invariant($"decimal degrees within Sweden, {min:0.0} to {max:0.0} (WGS 84)"));
    }

    private static void CheckServices(FieldValidator validator, IReadOnlyList<OfferedService> services)
    {
        var agencies = new HashSet<string>(StringComparer.Ordinal);
        validator.CheckItems("services", services, (field, service) =>
        {
            validator.CheckCode(field + ".agency", service.Agency, Codes.Agency);
            validator.Require(service.Agency is null || agencies.Add(service.Agency), field + ".agency", service.Agency, "named once in the list");
            var levels = new HashSet<string>(StringComparer.Ordinal);
            validator.CheckItems(field + ".levels", service.Levels, (item, level) =>
            {
                validator.CheckCode(item, level, Codes.Level);
                validator.Require(levels.Add(level), item, level, "named once in the list");
            });
        });
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\z")]
    private static partial Regex SlugRegex();

    [GeneratedRegex(@"\A[0-9]{5}\z")]
    private static partial Regex PostalCodeRegex();

    [GeneratedRegex(@"\A\+?[0-9]{5,15}\z")]
    private static partial Regex PhoneNumberRegex();

    [GeneratedRegex(@"\A[^@\s\p{Cc}]+@[^@\s\p{Cc}.]+(?:\.[^@\s\p{Cc}.]+)+\z")]
    private static partial Regex EmailRegex();
}
