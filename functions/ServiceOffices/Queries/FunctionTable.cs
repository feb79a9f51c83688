using System.Collections.Frozen;
using ServiceOffices.Tables;
using Kind = ServiceOffices.Tables.PrimitiveKind;

namespace ServiceOffices.Queries;

/// <summary>The canonical functions and their overloads (OData 4.01 Part 2, 5.1.1.5 to 5.1.1.11).</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, Overload[]> ByName = new (string Name, Overload Overload)[]
    {
        ("concat", new(Function.Concat, Kind.String, Kind.String, Kind.String)),
        ("contains", new(Function.Contains, Kind.Boolean, Kind.String, Kind.String)),
        ("endswith", new(Function.EndsWith, Kind.Boolean, Kind.String, Kind.String)),
        ("indexof", new(Function.IndexOf, Kind.Int32, Kind.String, Kind.String)),
        ("length", new(Function.Length, Kind.Int32, Kind.String)),
        ("startswith", new(Function.StartsWith, Kind.Boolean, Kind.String, Kind.String)),
        ("substring", new(Function.Substring, Kind.String, Kind.String, Kind.Int32)),
        ("substring", new(Function.Substring, Kind.String, Kind.String, Kind.Int32, Kind.Int32)),
        ("hassubset", new(Function.HasSubset, Kind.Boolean) { CollectionsOnly = true }),
        ("hassubsequence", new(Function.HasSubsequence, Kind.Boolean) { CollectionsOnly = true }),
        ("matchespattern", new(Function.MatchesPattern, Kind.Boolean, Kind.String, Kind.String)),
        ("tolower", new(Function.ToLower, Kind.String, Kind.String)),
        ("toupper", new(Function.ToUpper, Kind.String, Kind.String)),
        ("trim", new(Function.Trim, Kind.String, Kind.String)),
        ("date", new(Function.Date, Kind.Date, Kind.DateTimeOffset)),
        ("day", new(Function.Day, Kind.Int32, Kind.Date)),
        ("day", new(Function.Day, Kind.Int32, Kind.DateTimeOffset)),
        ("fractionalseconds", new(Function.FractionalSeconds, Kind.Decimal, Kind.DateTimeOffset)),
        ("fractionalseconds", new(Function.FractionalSeconds, Kind.Decimal, Kind.TimeOfDay)),
        ("hour", new(Function.Hour, Kind.Int32, Kind.DateTimeOffset)),
        ("hour", new(Function.Hour, Kind.Int32, Kind.TimeOfDay)),
        ("maxdatetime", new(Function.MaxDateTime, Kind.DateTimeOffset)),
        ("mindatetime", new(Function.MinDateTime, Kind.DateTimeOffset)),
        ("minute", new(Function.Minute, Kind.Int32, Kind.DateTimeOffset)),
        ("minute", new(Function.Minute, Kind.Int32, Kind.TimeOfDay)),
        ("month", new(Function.Month, Kind.Int32, Kind.Date)),
        ("month", new(Function.Month, Kind.Int32, Kind.DateTimeOffset)),
        ("now", new(Function.Now, Kind.DateTimeOffset)),
        ("second", new(Function.Second, Kind.Int32, Kind.DateTimeOffset)),
        ("second", new(Function.Second, Kind.Int32, Kind.TimeOfDay)),
        ("time", new(Function.Time, Kind.TimeOfDay, Kind.DateTimeOffset)),
        ("totaloffsetminutes", new(Function.TotalOffsetMinutes, Kind.Int32, Kind.DateTimeOffset)),
        ("totalseconds", new(Function.TotalSeconds, Kind.Decimal, Kind.Duration)),
        ("year", new(Function.Year, Kind.Int32, Kind.Date)),
        ("year", new(Function.Year, Kind.Int32, Kind.DateTimeOffset)),
        ("ceiling", new(Function.Ceiling, Kind.Decimal, Kind.Decimal)),
        ("ceiling", new(Function.Ceiling, Kind.Double, Kind.Double)),
        ("floor", new(Function.Floor, Kind.Decimal, Kind.Decimal)),
        ("floor", new(Function.Floor, Kind.Double, Kind.Double)),
        ("round", new(Function.Round, Kind.Decimal, Kind.Decimal)),
        ("round", new(Function.Round, Kind.Double, Kind.Double)),
        ("geo.distance", new(Function.GeoDistance, Kind.Double, Kind.GeographyPoint, Kind.GeographyPoint)),
        ("geo.intersects", new(Function.GeoIntersects, Kind.Boolean, Kind.GeographyPoint, Kind.GeographyPolygon)),
        ("geo.length", new(Function.GeoLength, Kind.Double, Kind.GeographyLineString)),
    }.GroupBy(row => row.Name, row => row.Overload).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Overload[]>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>A function's overloads by its name in any case; null where there is none.</summary>
    public static Overload[]? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var overloads) ? overloads : null;

    /// <summary>The call, its arguments converted to a fitting overload's types; null where none fits.</summary>
    public static Expression? Bind(Overload[] overloads, Expression[] arguments)
    {
        var call = Fit(overloads, arguments);

        // 5.1.1.4: of null every function is null; its type it keeps.
        return call is not null && Array.Exists(arguments, TypeRules.IsNull) ? new Cast(TypeRules.Null, call.Type!) : call;
    }

    private static Call? Fit(Overload[] overloads, Expression[] arguments)
    {
        if (arguments.Length > 0 && arguments[0].Type is CollectionType)
        {
            return BindCollections(overloads[0].Function, arguments);
        }

        // First without any conversion, so that year(DateTimeOffset) is not taken for year(Date) or the other way about.
        return BindScalars(overloads, arguments, exact: true) ?? BindScalars(overloads, arguments, exact: false);
    }

    private static Call? BindScalars(Overload[] overloads, Expression[] arguments, bool exact)
    {
        foreach (var overload in overloads)
        {
            if (!overload.CollectionsOnly && overload.Parameters.Length == arguments.Length && TryFit(overload, arguments, exact, out var fitted))
            {
                return new Call(overload.Function, fitted, PrimitiveType.Of(overload.Result));
            }
        }

        return null;
    }

    private static bool TryFit(Overload overload, Expression[] arguments, bool exact, out Expression[] fitted)
    {
        fitted = arguments;
        for (var i = 0; i < arguments.Length; i++)
        {
            var target = PrimitiveType.Of(overload.Parameters[i]);
            if (TypeRules.IsNull(arguments[i]) || ReferenceEquals(arguments[i].Type, target))
            {
                continue;
            }

            if (exact || !TypeRules.TryConvert(arguments[i], target, out var converted))
            {
                return false;
            }

            fitted = ReferenceEquals(fitted, arguments) ? [.. arguments] : fitted;
            fitted[i] = converted;
        }

        return true;
    }

    // The overloads over collections (5.1.1.5 and 5.1.1.6); which ones there are follows from the function.
    private static Call? BindCollections(Function function, Expression[] arguments)
    {
        var type = (CollectionType)arguments[0].Type!;
        switch (function)
        {
            case Function.Length when arguments.Length == 1:
                return new Call(function, arguments, PrimitiveType.Int32);
            case Function.Substring when arguments.Length is 2 or 3:
                for (var i = 1; i < arguments.Length; i++)
                {
                    if (!TypeRules.TryConvert(arguments[i], PrimitiveType.Int32, out var number))
                    {
                        return null;
                    }

                    arguments[i] = number;
                }

                return new Call(function, arguments, type);
            case Function.Concat or Function.Contains or Function.EndsWith or Function.StartsWith or Function.IndexOf
                or Function.HasSubset or Function.HasSubsequence when arguments.Length == 2:
                if (!TypeRules.TryAlign(ref arguments[0], ref arguments[1]))
                {
                    return null;
                }

                return new Call(function, arguments, function switch
                {
                    Function.Concat => arguments[0].Type,
                    Function.IndexOf => PrimitiveType.Int32,
                    _ => PrimitiveType.Boolean,
                });
            default:
                return null;
        }
    }

    /// <summary>"year(Edm.Date) or year(Edm.DateTimeOffset)".</summary>
    public static string Describe(string name, Overload[] overloads) => string.Join(" or ", overloads.Select(overload =>
        overload.CollectionsOnly
            ? $"{name}(Collection,Collection)"
            : $"{name}({string.Join(',', overload.Parameters.Select(kind => "Edm." + kind))})"));

    /// <summary>One signature of a function.</summary>
    internal sealed class Overload(Function function, Kind result, params Kind[] parameters)
    {
        public Function Function { get; } = function;

        public Kind Result { get; } = result;

        public Kind[] Parameters { get; } = parameters;

        /// <summary>Both parameters are collections of the same type.</summary>
        public bool CollectionsOnly { get; init; }
    }
}
