using System.Text.RegularExpressions;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Validation;

/// <summary>The rules for single columns of an office that are longer than one call of <see cref="FieldValidator"/>.</summary>
internal static partial class OfficeRules
{
    public const int MaxNameLength = 200;
    public const int MaxNoteLength = 2000;

    private const int MaxEmailLength = 254;

    // Sweden's extreme points with a margin: Smygehuk 55.34 N, Treriksröset 69.06 N, Stora Drammen 10.96 E, Kataja 24.16 E.
    private const double MinLatitude = 55.0;
    private const double MaxLatitude = 69.1;
    private const double MinLongitude = 10.5;
    private const double MaxLongitude = 24.2;

    public static void CheckId(FieldValidator validator, string field, string? id) =>
        validator.CheckPattern(SlugRegex(), field, id, "1 to 64 characters of a-z, 0-9 and inner hyphens");

    public static void CheckPostalCode(FieldValidator validator, string field, string? postalCode) =>
        validator.CheckOptionalPattern(PostalCodeRegex(), field, postalCode, "five digits without a space");

    public static void CheckPhone(FieldValidator validator, string field, string? phone) =>
        validator.CheckOptionalPattern(PhoneNumberRegex(), field, phone, "5 to 15 digits with an optional leading plus");

    public static void CheckEmail(FieldValidator validator, string field, string? email) => validator.Require(
        email is null || (email.Length <= MaxEmailLength && EmailRegex().IsMatch(email) && InvisibleCharacter.Find(email, allowLineBreaks: false) is null),
        field, email, $"an e-mail address of at most {MaxEmailLength} characters or nothing");

    public static void CheckLatitude(FieldValidator validator, string field, Office office)
    {
        if (FindSweref99(office) is { } degrees)
        {
            validator.Require(
                false, field, office.Latitude,
                FormattableString.Invariant($"in degrees of WGS 84: it and the longitude {office.Longitude} look like metres of SWEREF 99 TM, which are latitude {degrees.Latitude:0.00000} and longitude {degrees.Longitude:0.00000}"));
            return;
        }

        if (HasSwappedCoordinates(office))
        {
            validator.Require(
                false, field, office.Latitude,
                FormattableString.Invariant($"a latitude, {MinLatitude:0.0} to {MaxLatitude:0.0}: it looks like the longitude, and the longitude {office.Longitude} like the latitude; swap them"));
            return;
        }

        CheckCoordinate(validator, field, office.Latitude, "longitude", office.Longitude, MinLatitude, MaxLatitude);
    }

    public static void CheckLongitude(FieldValidator validator, string field, Office office)
    {
        if (FindSweref99(office) is null && !HasSwappedCoordinates(office))
        {
            CheckCoordinate(validator, field, office.Longitude, "latitude", office.Latitude, MinLongitude, MaxLongitude);
        }
    }

    /// <summary>Gets the degrees of coordinates in metres of SWEREF 99 TM, in either order; null for other coordinates.</summary>
    private static (double Latitude, double Longitude)? FindSweref99(Office office) => office switch
    {
        { Latitude: { } northing, Longitude: { } easting } when Sweref99.IsInSweden(northing, easting) => Sweref99.ToDegrees(northing, easting),
        { Latitude: { } easting, Longitude: { } northing } when Sweref99.IsInSweden(northing, easting) => Sweref99.ToDegrees(northing, easting),
        _ => null,
    };

    private static bool HasSwappedCoordinates(Office office) =>
        office is { Latitude: >= MinLongitude and <= MaxLongitude, Longitude: >= MinLatitude and <= MaxLatitude };

    private static void CheckCoordinate(FieldValidator validator, string field, double? value, string otherField, double? other, double min, double max)
    {
        validator.Require(value is not null || other is null, field, value, $"set together with {otherField}");
        validator.Require(
            value is null || (value >= min && value <= max),
            field, value, FormattableString.Invariant($"decimal degrees within Sweden, {min:0.0} to {max:0.0} (WGS 84)"));
    }

    /// <summary>Checks that the precision is none if and only if there are no coordinates.</summary>
    public static void CheckLocationPrecision(FieldValidator validator, string field, Office office)
    {
        var hasCoordinates = office.Latitude is not null && office.Longitude is not null;
        validator.Require(
            !Codes.LocationPrecision.Contains(office.LocationPrecision ?? "") || (office.LocationPrecision == LocationPrecision.None) != hasCoordinates,
            field, office.LocationPrecision, hasCoordinates ? "a value other than none if coordinates are set" : "none if coordinates are missing");
    }

    public static void CheckServices(FieldValidator validator, string field, IReadOnlyList<OfferedService> services)
    {
        var agencies = new HashSet<string>(StringComparer.Ordinal);
        validator.CheckItems(field, services, (item, service) =>
        {
            validator.CheckCode(item + ".agency", service.Agency, Codes.Agency);
            validator.Require(service.Agency is null || agencies.Add(service.Agency), item + ".agency", service.Agency, "unique in the list");
            var levels = new HashSet<string>(StringComparer.Ordinal);
            validator.CheckItems(item + ".levels", service.Levels, (levelField, level) =>
            {
                validator.CheckCode(levelField, level, Codes.Level);
                validator.Require(levels.Add(level), levelField, level, "unique in the list");
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

/// <summary>The rules for columns of a lifecycle event.</summary>
internal static class EventRules
{
    /// <summary>Checks that the date is the first day of its period (<see cref="LifecycleEvent.On"/>).</summary>
    public static void CheckFirstDay(FieldValidator validator, string field, LifecycleEvent lifecycleEvent)
    {
        var (isFirstDay, requirement) = lifecycleEvent.Precision switch
        {
            DatePrecision.Month => (lifecycleEvent.On.Day == 1, "the first day of a month if the precision is month"),
            DatePrecision.HalfYear => (lifecycleEvent.On is { Day: 1, Month: 1 or 7 }, "1 January or 1 July if the precision is halfYear"),
            DatePrecision.Year => (lifecycleEvent.On.DayOfYear == 1, "1 January if the precision is year"),
            _ => (true, ""),
        };
        validator.Require(isFirstDay, field, lifecycleEvent.On, requirement);
    }
}
