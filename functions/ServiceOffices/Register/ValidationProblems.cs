using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceOffices.Register;

/// <summary>Collects everything that is wrong with a row; each check adds at most one problem.</summary>
internal sealed class ValidationProblems
{
    public static readonly DateOnly FirstDate = new(1990, 1, 1);
    public static readonly DateOnly LastDate = new(2100, 12, 31);

    private const int LongestUrl = 2000;

    private readonly List<Problem> found = [];

    public IReadOnlyList<Problem> Found => found;

    /// <param name="holds">False: the field has a problem.</param>
    public void Require(bool holds, string field, object? value, string allowed)
    {
        if (!holds)
        {
            found.Add(new Problem(field, Shown(value), allowed));
        }
    }

    /// <summary>A text of one line.</summary>
    public void Line(string field, string? value, int maxLength) => Require(
        !string.IsNullOrWhiteSpace(value) && value.Length <= maxLength && IsClean(value, lines: false),
        field, value, $"a text of 1 to {maxLength} characters on one line, not blank, without control characters");

    public void OptionalLine(string field, string? value, int maxLength)
    {
        if (value is not null)
        {
            Line(field, value, maxLength);
        }
    }

    /// <summary>A text that may have several lines.</summary>
    public void OptionalText(string field, string? value, int maxLength) => Require(
        value is null || (!string.IsNullOrWhiteSpace(value) && value.Length <= maxLength && IsClean(value, lines: true)),
        field, value, $"a text of 1 to {maxLength} characters, not blank, without control characters other than line breaks and tabs, or nothing");

    public void Code(string field, string? value, CodeList list) =>
        Require(value is not null && list.Contains(value), field, value, list.ToString());

    public void OptionalCode(string field, string? value, CodeList list) =>
        Require(value is null || list.Contains(value), field, value, $"{list} or nothing");

    public void Date(string field, DateOnly value) => Require(
        value >= FirstDate && value <= LastDate, field, value, $"a date from {Shown(FirstDate)} to {Shown(LastDate)}");

    public void OptionalUrl(string field, string? value)
    {
        if (value is not null)
        {
            Url(field, value);
        }
    }

    public void Url(string field, string? value) => Require(
        value is not null
        && value.Length <= LongestUrl
        && !value.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0,
        field, value, $"an absolute http or https URL of at most {LongestUrl} characters without spaces");

    public void Matches(Regex pattern, string field, string? value, string allowed) =>
        Require(value is not null && pattern.IsMatch(value), field, value, allowed);

    public void OptionalMatches(Regex pattern, string field, string? value, string allowed) =>
        Require(value is null || pattern.IsMatch(value), field, value, allowed + " or nothing");

    /// <summary>Checks each item of a collection; the collection itself and its items must be there.</summary>
    public void Each<T>(string field, IReadOnlyList<T>? items, Action<string, T> check)
        where T : class
    {
        Require(items is not null, field, null, "a list, empty where nothing is known");
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]");
            if (items![i] is { } item)
            {
                check(name, item);
            }
            else
            {
                Require(false, name, null, "a value");
            }
        }
    }

    private static string? Shown(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static bool IsClean(string value, bool lines)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]) && !(lines && (value[i] is '\n' or '\r' or '\t')))
            {
                return false;
            }

            // Half a surrogate pair is no character: it cannot be written as UTF-8.
            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value[i], value[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
