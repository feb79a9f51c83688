using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine;

/// <summary>Creates the errors and messages that occur in more than one place, and the suggestions in them.</summary>
internal static class ODataErrors
{
    private const int MaxListedNames = 25;
    private const int MaxExcerptLength = 60;
    private const int MaxNameLength = 128;

    public static ODataRequestException NotFound(string message, string? target = null) => new(404, ODataErrorCodes.NotFound, message, target);

    public static ODataRequestException NotSupported(string message, string? target = null) => new(501, ODataErrorCodes.NotSupported, message, target);

    public static ODataRequestException LimitExceeded(string message, string? target = null) => new(400, ODataErrorCodes.LimitExceeded, message, target);

    public static ODataRequestException Overloaded() => new(503, ODataErrorCodes.Overloaded,
        "The service is evaluating as many expensive queries as it can (MaxExpensiveQueries). Repeat the request later, or make it simpler with $filter, $top or $select.")
    {
        RetryAfterSeconds = 2,
    };

    public static ODataRequestException OptionNotAllowed(string option, string message) => new(400, ODataErrorCodes.OptionNotAllowed, message, option);

    public static ODataRequestException DuplicateOption(string name) =>
        new(400, ODataErrorCodes.DuplicateOption, $"{name} is specified more than once.", name);

    /// <param name="allowed">The allowed values: <c>a whole number from 1</c>.</param>
    public static ODataRequestException InvalidOption(string option, string allowed, ReadOnlySpan<char> actual) =>
        new(400, ODataErrorCodes.InvalidOption, InvalidValue(option, allowed, actual), option);

    public static string InvalidValue(string option, string allowed, ReadOnlySpan<char> actual) => $"{option} must be {allowed}; got '{Truncate(actual)}'.";

    public static string UnknownProperty(StructuredType type, ReadOnlySpan<char> name) =>
        $"{type.DisplayName} has no property '{Truncate(name)}'. {Suggest(name, type.Properties.Select(property => property.Name), "Properties")}";

    public static string UnknownEntitySet(EntityModel model, ReadOnlySpan<char> name) =>
        $"The entity set '{Truncate(name)}' does not exist. {Suggest(name, model.Sets.Select(known => known.Name), "Entity sets")}";

    public static string DerivedTypeNotSupported(StructuredType type, Property property) =>
        $"'{property.Name}' is a property of {type.DisplayName} and is not supported after a derived type here.";

    /// <summary>The range of <c>$skip</c>, <c>$top</c> and the transformations of these names.</summary>
    public static string WholeNumberRange { get; } = string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {long.MaxValue}");

    /// <summary>Shortens a string from a client for a message.</summary>
    public static string Truncate(ReadOnlySpan<char> text) => text.Length > MaxExcerptLength ? $"{text[..MaxExcerptLength]}…" : text.ToString();

    /// <summary>Formats the nearest name and the list of names: <c>Did you mean 'x'? Properties: x, y, z.</c></summary>
    public static string Suggest(ReadOnlySpan<char> unknownName, IEnumerable<string> names, string kind)
    {
        var known = names.ToList();
        var list = known.Count > MaxListedNames ? string.Join(", ", known.Take(MaxListedNames)) + ", …" : string.Join(", ", known) + ".";
        return FindNearest(unknownName, known) is { } nearest ? $"Did you mean '{nearest}'? {kind}: {list}" : $"{kind}: {list}";
    }

    /// <summary>Determines whether two names differ by at most a number of characters.</summary>
    public static bool IsNear(ReadOnlySpan<char> a, string b, int distance) => GetEditDistance(a, b, distance + 1) <= distance;

    private static string? FindNearest(ReadOnlySpan<char> unknownName, List<string> names)
    {
        string? nearest = null;
        var nearestDistance = Math.Min(2, unknownName.Length / 2) + 1;
        foreach (var name in names)
        {
            var distance = unknownName.Equals(name, StringComparison.OrdinalIgnoreCase) ? 0 : GetEditDistance(unknownName, name, nearestDistance);
            if (distance < nearestDistance)
            {
                (nearest, nearestDistance) = (name, distance);
            }
        }

        return nearest;
    }

    // Levenshtein distance, row by row; names whose lengths differ by the limit or more are skipped.
    private static int GetEditDistance(ReadOnlySpan<char> a, string b, int limit)
    {
        if (a.Length > MaxNameLength || Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        Span<int> row = stackalloc int[a.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            row[i] = i;
        }

        foreach (var c in b)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= a.Length; i++)
            {
                var change = diagonal + (a[i - 1] == c ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(change, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[a.Length];
    }
}

/// <summary>A request that cannot be answered: it is invalid, refers to something that does not exist, exceeds a limit or is not supported.</summary>
/// <param name="status">The HTTP status of the response.</param>
/// <param name="code">One of <see cref="ODataErrorCodes"/>.</param>
/// <param name="message">A sentence that states the problem, its position and what is allowed.</param>
/// <param name="target">The part of the request that caused the error, such as <c>$filter</c>.</param>
public sealed class ODataRequestException(int status, string code, string message, string? target = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Target { get; } = target;

    /// <summary>The number of seconds after which the request can be repeated; null if it is not known.</summary>
    public int? RetryAfterSeconds { get; init; }
}
