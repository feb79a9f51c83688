using System.Globalization;
using System.Text.RegularExpressions;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Validation;

/// <summary>Collects the problems of a row; each check adds at most one.</summary>
/// <param name="municipalityCodes">The codes that a row may refer to; null for a row that refers to no municipality.</param>
internal sealed class FieldValidator(IReadOnlySet<string>? municipalityCodes = null)
{
    public static readonly DateOnly MinDate = new(1990, 1, 1);
    public static readonly DateOnly MaxDate = new(2100, 12, 31);

    private const int MaxUrlLength = 2000;

    private readonly List<ValidationProblem> problems = [];

    public IReadOnlyList<ValidationProblem> Problems => problems;

    /// <summary>Adds a problem unless a condition holds.</summary>
    public void Require(bool condition, string field, object? value, string allowed)
    {
        if (!condition)
        {
            problems.Add(new ValidationProblem(field, FormatValue(value), allowed));
        }
    }

    /// <summary>Checks a string of one line.</summary>
    public void CheckSingleLine(string field, string? value, int maxLength) =>
        CheckText(field, value, maxLength, allowLineBreaks: false, $"a string of 1 to {maxLength} characters on one line, not blank, without control characters");

    public void CheckOptionalSingleLine(string field, string? value, int maxLength)
    {
        if (value is not null)
        {
            CheckSingleLine(field, value, maxLength);
        }
    }

    /// <summary>Checks a string that can have several lines.</summary>
    public void CheckOptionalMultiLine(string field, string? value, int maxLength)
    {
        if (value is not null)
        {
            CheckText(
                field, value, maxLength, allowLineBreaks: true,
                $"a string of 1 to {maxLength} characters, not blank, without control characters other than line breaks and tabs, or nothing");
        }
    }

    private void CheckText(string field, string? value, int maxLength, bool allowLineBreaks, string allowed)
    {
        if (value is not null && InvisibleCharacter.Find(value, allowLineBreaks) is { } invisible)
        {
            problems.Add(new ValidationProblem(field, value, $"a string without invisible characters ({invisible})"));
            return;
        }

        Require(!string.IsNullOrWhiteSpace(value) && value.Length <= maxLength, field, value, allowed);
    }

    public void CheckCode(string field, string? value, CodeList list) =>
        Require(value is not null && list.Contains(value), field, value, list.ToString());

    public void CheckOptionalCode(string field, string? value, CodeList list) =>
        Require(value is null || list.Contains(value), field, value, $"{list} or nothing");

    public void CheckDate(string field, DateOnly value) => Require(
        value >= MinDate && value <= MaxDate, field, value, $"a date from {FormatValue(MinDate)} to {FormatValue(MaxDate)}");

    public void CheckOptionalDate(string field, DateOnly? value)
    {
        if (value is { } date)
        {
            CheckDate(field, date);
        }
    }

    public void CheckMunicipality(string field, string? code) => Require(
        code is null || municipalityCodes?.Contains(code) == true, field, code, "the four digits of a Swedish municipality or nothing");

    public void CheckOptionalUrl(string field, string? value)
    {
        if (value is not null)
        {
            CheckUrl(field, value);
        }
    }

    public void CheckUrl(string field, string? value) => Require(
        value is not null
        && value.Length <= MaxUrlLength
        && !value.Any(char.IsWhiteSpace)
        && InvisibleCharacter.Find(value, allowLineBreaks: false) is null
        && Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0,
        field, value, $"an absolute http or https URL of at most {MaxUrlLength} characters without spaces or invisible characters");

    public void CheckPattern(Regex pattern, string field, string? value, string allowed) =>
        Require(value is not null && pattern.IsMatch(value), field, value, allowed);

    public void CheckOptionalPattern(Regex pattern, string field, string? value, string allowed) =>
        Require(value is null || pattern.IsMatch(value), field, value, allowed + " or nothing");

    /// <summary>Checks each item of a collection; neither the collection nor an item may be null.</summary>
    public void CheckItems<T>(string field, IReadOnlyList<T>? items, Action<string, T> check)
        where T : class
    {
        Require(items is not null, field, null, "a list, which can be empty");
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

    private static string? FormatValue(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
